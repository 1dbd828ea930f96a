namespace Invoicing.Messages;

// What billing-metrics says.

/// <summary>The price of a closed job, USD, by ocr, browser, captcha, model, storage and total.</summary>
public sealed record JobPriced(long JobId, string CompanyId, IReadOnlyDictionary<string, decimal> CostBreakdown, DateTimeOffset At);
