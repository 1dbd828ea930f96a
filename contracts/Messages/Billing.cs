namespace Invoicing.Messages;

// What billing-metrics says.

/// <summary>The price of a closed job, USD, by ocr, browser, captcha, model, storage and total.</summary>
public sealed record JobPriced(long JobId, string CompanyId, IReadOnlyDictionary<string, decimal> CostBreakdown, DateTimeOffset At);

/// <summary>A company's spending reached a part of its monthly budget, once a month each; jobs tells the company's webhook.</summary>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="Threshold">Percent: 80 or 100.</param>
/// <param name="Amount">The budget.</param>
public sealed record BudgetThresholdReached(string CompanyId, string Month, int Threshold, decimal Amount, decimal Spent, string Currency, DateTimeOffset At);
