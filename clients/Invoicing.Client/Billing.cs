namespace Invoicing.Client;

/// <summary>What a company used and what it cost.</summary>
public sealed class Billing
{
    private readonly Transport api;

    internal Billing(Transport api) => this.api = api;

    /// <param name="from">Inclusive, a day in America/Mexico_City; so is <paramref name="to"/>.</param>
    public Task<Usage> UsageAsync(DateOnly? from = null, DateOnly? to = null, CancellationToken ct = default) =>
        api.GetAsync<Usage>(Query.Of("/invoicing/v2/billing/usage", ("from", from), ("to", to)), ct);
}

/// <param name="TotalCost">USD; null for callers that may not see costs.</param>
public sealed record Usage(string? CompanyId, DateOnly From, DateOnly To, decimal? TotalCost, string? Currency, IReadOnlyList<UsageLine> Lines);

public sealed record UsageLine(DateOnly Date, int Jobs, int Successful, int Failed, int CaptchasSolved, long ProcessingTimeMs, IReadOnlyDictionary<string, decimal>? CostBreakdown);
