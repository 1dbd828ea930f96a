namespace Invoicing.Tenants;

/// <summary>How many requests of a bucket were given out to gateways in one fixed window.</summary>
public sealed class RateWindow
{
    public required string Bucket { get; init; }

    public required string Policy { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required int Used { get; init; }

    /// <summary>What the last lease got.</summary>
    public required int Granted { get; init; }
}
