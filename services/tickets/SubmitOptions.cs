namespace Invoicing.Tickets;

/// <summary>What the client asked for when it sent the ticket; kept as it was.</summary>
public sealed record SubmitOptions
{
    public bool AutoProcess { get; init; } = true;
    public Priority Priority { get; init; } = Priority.normal;
    public string? MerchantHint { get; init; }
    public IReadOnlyList<string> AlternativeUrls { get; init; } = [];
    public int MaxRetries { get; init; } = 3;

    /// <summary>Null: the tenant's own limit.</summary>
    public int? TimeoutSeconds { get; init; }

    public bool CaptchaSolving { get; init; } = true;
    public string? NotificationWebhook { get; init; }
    public long? FiscalProfileId { get; init; }

    /// <summary>The batch it came in, its place there and the name its client gave it.</summary>
    public string? BatchId { get; init; }
    public int? BatchIndex { get; init; }
    public string? BatchItemKey { get; init; }
    public IReadOnlyDictionary<string, string> PortalFields { get; init; } = new Dictionary<string, string>();
}
