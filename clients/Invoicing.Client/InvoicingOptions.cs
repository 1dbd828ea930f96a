namespace Invoicing.Client;

/// <summary>Where the API is and who calls it. Either an API key or a client id with its secret; neither where the installation allows anonymous calls.</summary>
public sealed record InvoicingOptions
{
    /// <summary>The gateway, without <c>/invoicing</c>: <c>https://invoicing.example.com</c>.</summary>
    public Uri Address { get; init; } = new("http://localhost:8080");

    /// <summary><c>ak_…</c></summary>
    public string? ApiKey { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The company to act for. Needed by platform administrators and anonymous callers only: a credential already names its company.</summary>
    public string? CompanyId { get; init; }

    /// <summary>How often a call that failed for a passing reason (no connection, 408, 429, 5xx) is made again.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The first wait between two tries; each further one doubles, with jitter. <c>Retry-After</c> of the server goes before.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
}
