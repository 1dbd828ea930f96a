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
    public IReadOnlyDictionary<string, string> PortalFields { get; init; } = new Dictionary<string, string>();
}
