using System.Text.Json.Serialization;
using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing.Endpoints;

/// <summary>GET /invoicing/v2/metrics: today's numbers, why jobs failed, and a series by day or merchant over the period, all counted.</summary>
public static class GetMetrics
{
    private const int TopErrors = 10;

    /// <summary>One point: <c>date</c> or <c>merchant</c> is filled as asked for.</summary>
    public sealed record Point(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? Date,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Merchant,
        int Jobs, int Successful, int Failed, long AverageProcessingTimeMs, int CaptchasSolved,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Cost);

    public sealed record ErrorType(string Type, int Count);

    public sealed record Response(
        int TotalJobsToday, int SuccessfulJobsToday, int FailedJobsToday, long AverageProcessingTimeMs, int CaptchasSolvedToday,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? CostToday,
        IReadOnlyList<ErrorType> TopErrorTypes, IReadOnlyList<Point> Series);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        string? from, string? to, string? group_by, string? company_id, Caller caller, BillingDb db, TimeProvider time, CancellationToken ct)
    {
        if (group_by is not (null or "" or "day" or "merchant"))
        {
            return Problem.Invalid("group_by", "invalid_value", "group_by es day o merchant.");
        }

        var day = MexicoDay.Of(time.GetUtcNow());
        var period = Period.Parse(from, to, day);
        var company = caller.CompanyOf(company_id);
        var costs = caller.May(Permission.view_costs);
        var today = (await ByDayAsync(db, company, new Period(day, day), costs, ct)).SingleOrDefault();
        var series = group_by == "merchant" ? await ByMerchantAsync(db, company, period, costs, ct) : await ByDayAsync(db, company, period, costs, ct);
        return TypedResults.Ok(new Response(
            today?.Jobs ?? 0, today?.Successful ?? 0, today?.Failed ?? 0, today?.AverageProcessingTimeMs ?? 0, today?.CaptchasSolved ?? 0,
            costs ? today?.Cost ?? 0 : null, await ErrorsAsync(db, company, period, ct), series));
    }

    private static async Task<List<Point>> ByDayAsync(BillingDb db, string? company, Period period, bool costs, CancellationToken ct)
    {
        var days = await db.Metrics.Where(m => (company == null || m.CompanyId == company) && m.Date >= period.From && m.Date <= period.To)
            .GroupBy(m => m.Date).OrderBy(g => g.Key)
            .Select(g => new
            {
                Date = g.Key, Jobs = g.Sum(m => m.TotalJobs), Successful = g.Sum(m => m.SuccessfulJobs), Failed = g.Sum(m => m.FailedJobs),
                Time = g.Sum(m => m.TotalProcessingTimeMs), Captchas = g.Sum(m => m.CaptchasSolved), Cost = g.Sum(m => m.TotalCost),
            }).ToListAsync(ct);
        return [.. days.Select(d => new Point(d.Date, null, d.Jobs, d.Successful, d.Failed, Average(d.Time, d.Jobs), d.Captchas, costs ? d.Cost : null))];
    }

    private static async Task<List<Point>> ByMerchantAsync(BillingDb db, string? company, Period period, bool costs, CancellationToken ct)
    {
        var merchants = await Within(db, company, period).GroupBy(e => e.MerchantName ?? "")
            .Select(g => new
            {
                Merchant = g.Key, Jobs = g.Count(), Successful = g.Count(e => e.Successful), Time = g.Sum(e => e.ProcessingTimeMs),
                Captchas = g.Sum(e => e.Used.CaptchasSolved),
                Cost = g.Sum(e => e.Cost.Ocr + e.Cost.Browser + e.Cost.Captcha + e.Cost.Model + e.Cost.Storage),
            }).OrderByDescending(m => m.Jobs).ThenBy(m => m.Merchant).ToListAsync(ct);
        return [.. merchants.Select(m => new Point(
            null, m.Merchant, m.Jobs, m.Successful, m.Jobs - m.Successful, Average(m.Time, m.Jobs), m.Captchas, costs ? m.Cost : null))];
    }

    private static Task<List<ErrorType>> ErrorsAsync(BillingDb db, string? company, Period period, CancellationToken ct) =>
        Within(db, company, period).Where(e => !e.Successful).GroupBy(e => e.Outcome).OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
            .Select(g => new ErrorType(g.Key, g.Count())).Take(TopErrors).ToListAsync(ct);

    private static IQueryable<UsageEntry> Within(BillingDb db, string? company, Period period) =>
        db.Usage.Where(e => (company == null || e.CompanyId == company) && e.Date >= period.From && e.Date <= period.To);

    private static long Average(long total, int count) => count == 0 ? 0 : total / count;
}
