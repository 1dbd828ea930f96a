namespace Invoicing.Jobs;

/// <summary>The first answer to a creating call, kept 24 h for whoever repeats it.</summary>
public sealed class IdempotencyKey
{
    public required string Scope { get; init; }
    public required string Key { get; init; }
    public required string Fingerprint { get; init; }
    public required string Body { get; init; }
    public string? Location { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
