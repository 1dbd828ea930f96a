using System.Globalization;
using Invoicing.Billing.Db;

namespace Invoicing.Billing;

/// <summary>What a company is billed for a month.</summary>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="Status"><c>open</c>: the numbers still grow. <c>closed</c>: they never change again.</param>
/// <param name="TotalCost">Exact sum of all lines and adjustments.</param>
/// <param name="Lines">The month's days.</param>
/// <param name="Adjustments">Days of months that were closed before their usage was heard of.</param>
public sealed record Statement(
    string CompanyId, string Month, string Status, DateTimeOffset? ClosedAt, string Currency, int Jobs, int Successful, int Failed, decimal TotalCost,
    IReadOnlyDictionary<string, decimal> CostBreakdown, IReadOnlyList<UsageLine> Lines, IReadOnlyList<UsageLine> Adjustments)
{
    public const string Open = "open";
    public const string Closed = "closed";

    public static async Task<Statement> ReadAsync(BillingDb db, string companyId, DateOnly month, CancellationToken ct)
    {
        // First of all: what is read after a closing is final.
        var closed = await ClosedMonth.FindAsync(db, month, ct);
        var all = await UsageLine.ReadAsync(db.Usage.Where(e => e.CompanyId == companyId && e.BilledMonth == month), costs: true, ct);
        var costs = all.SelectMany(l => l.CostBreakdown!).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        var breakdown = Cost.None.Breakdown().ToDictionary(c => c.Key, c => costs.GetValueOrDefault(c.Key));
        return new Statement(
            companyId, NameOf(month), closed is null ? Open : Closed, closed?.ClosedAt, Cost.Currency, all.Sum(l => l.Jobs), all.Sum(l => l.Successful),
            all.Sum(l => l.Failed), breakdown["total"], breakdown, [.. all.Where(l => l.Date >= month)], [.. all.Where(l => l.Date < month)]);
    }

    public static string NameOf(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The first day of <c>yyyy-MM</c>; null for what is no month, or none that has begun.</summary>
    public static DateOnly? MonthOf(string text, DateOnly today) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month <= today ? month : null;
}
