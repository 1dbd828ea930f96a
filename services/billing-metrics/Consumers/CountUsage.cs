using System.Diagnostics.Metrics;
using Invoicing.Billing.Db;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing.Consumers;

/// <summary>JobClosed: a ledger entry, the company's day and JobPriced in one commit; a closing heard twice, under whatever message id, counts once.</summary>
public sealed class CountUsage(BillingDb db, BudgetWatch budgets, TimeProvider time) : IConsumer<JobClosed>
{
    private static readonly Counter<double> Spent = Telemetry.Meter.CreateCounter<double>("invoicing.billing.cost", "{usd}", "What jobs cost, by what it was spent on");

    public async Task Consume(ConsumeContext<JobClosed> context)
    {
        var (closed, ct) = (context.Message, context.CancellationToken);
        // One closing of a job at a time: what is new is told by what was counted before.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({closed.JobId})", ct);
        var before = await db.Usage.AsNoTracking().Where(e => e.JobId == closed.JobId).ToListAsync(ct);
        if (before.Any(e => e.CompanyId == closed.CompanyId && e.EventId == UsageEntry.EventOf(closed)))
        {
            return;
        }

        var now = time.GetUtcNow();
        var prices = await db.Prices.AsNoTracking().ToListAsync(ct);
        var entry = UsageEntry.Of(closed, before.Aggregate(Consumption.None, (sum, e) => sum.Plus(e.Used)), prices);
        db.Add(entry);
        var whole = before.Aggregate(entry.Cost, (sum, e) => sum.Plus(e.Cost));
        db.Publish(new JobPriced(closed.JobId, closed.CompanyId, whole.Breakdown(), now), now);
        await db.SaveChangesAsync(ct);
        await AddToDayAsync(entry, now, ct);
        await budgets.LookAsync(entry.CompanyId, MexicoDay.MonthOf(entry.Date), ct);
        foreach (var (kind, cost) in entry.Cost.Breakdown().Where(c => c.Key != "total"))
        {
            Spent.Add((double)cost, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    private Task<int> AddToDayAsync(UsageEntry e, DateTimeOffset now, CancellationToken ct)
    {
        var (successful, failed) = e.Successful ? (1, 0) : (0, 1);
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO automation_metrics AS m
                 (company_id, date, total_jobs, successful_jobs, failed_jobs, total_processing_time_ms, captchas_solved, total_cost, created_at, updated_at)
             VALUES ({e.CompanyId}, {e.Date}, 1, {successful}, {failed}, {e.ProcessingTimeMs}, {e.Used.CaptchasSolved}, {e.Cost.Total}, {now}, {now})
             ON CONFLICT (company_id, date) DO UPDATE SET
                 total_jobs = m.total_jobs + 1, successful_jobs = m.successful_jobs + excluded.successful_jobs, failed_jobs = m.failed_jobs + excluded.failed_jobs,
                 total_processing_time_ms = m.total_processing_time_ms + excluded.total_processing_time_ms,
                 captchas_solved = m.captchas_solved + excluded.captchas_solved, total_cost = m.total_cost + excluded.total_cost, updated_at = excluded.updated_at
             """, ct);
    }
}
