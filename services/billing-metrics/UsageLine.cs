using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing;

/// <summary>A day of the ledger.</summary>
/// <param name="CostBreakdown">USD; null (left out) for callers that may not see costs.</param>
public sealed record UsageLine(
    DateOnly Date, int Jobs, int Successful, int Failed, int CaptchasSolved, long ProcessingTimeMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, decimal>? CostBreakdown)
{
    /// <summary>A line a day of these entries, oldest first.</summary>
    public static async Task<List<UsageLine>> ReadAsync(IQueryable<UsageEntry> entries, bool costs, CancellationToken ct)
    {
        var days = await entries.GroupBy(e => e.Date).OrderBy(g => g.Key)
            .Select(g => new
            {
                Date = g.Key, Jobs = g.Count(), Successful = g.Count(e => e.Successful), Captchas = g.Sum(e => e.Used.CaptchasSolved),
                Time = g.Sum(e => e.ProcessingTimeMs), Ocr = g.Sum(e => e.Cost.Ocr), Browser = g.Sum(e => e.Cost.Browser),
                Captcha = g.Sum(e => e.Cost.Captcha), Model = g.Sum(e => e.Cost.Model), Storage = g.Sum(e => e.Cost.Storage),
            }).ToListAsync(ct);
        return [.. days.Select(d => new UsageLine(d.Date, d.Jobs, d.Successful, d.Jobs - d.Successful, d.Captchas, d.Time,
            costs ? new Cost(d.Ocr, d.Browser, d.Captcha, d.Model, d.Storage).Breakdown() : null))];
    }
}
