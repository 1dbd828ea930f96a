using System.Diagnostics.Metrics;
using Invoicing.Billing.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing;

/// <summary>Tells, once a month each, that a company's spending reached 80 and 100 percent of its budget.</summary>
public sealed class BudgetWatch(BillingDb db, TimeProvider time, ILogger<BudgetWatch> log)
{
    private static readonly Counter<long> Alerts = Telemetry.Meter.CreateCounter<long>("invoicing.billing.budget_alerts", description: "Thresholds of budgets that were reached");

    /// <summary>Inside the transaction that changed what was spent, or the budget. Of months other than the current one nothing is told.</summary>
    public async Task LookAsync(string companyId, DateOnly month, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (month != MexicoDay.MonthOf(MexicoDay.Of(now)) || await db.Budgets.AsNoTracking().SingleOrDefaultAsync(b => b.CompanyId == companyId, ct) is not { } budget)
        {
            return;
        }

        var spent = await SpentAsync(companyId, month, ct);
        foreach (var threshold in budget.Reached(spent))
        {
            await TellAsync(new BudgetAlert { CompanyId = companyId, Month = month, Threshold = threshold, Amount = budget.Amount, Spent = spent, At = now }, ct);
        }

        await db.SaveChangesAsync(ct);
    }

    public Task<decimal> SpentAsync(string companyId, DateOnly month, CancellationToken ct) =>
        db.Metrics.Where(m => m.CompanyId == companyId && m.Date >= month && m.Date < month.AddMonths(1)).SumAsync(m => m.TotalCost, ct);

    private async Task TellAsync(BudgetAlert a, CancellationToken ct)
    {
        var fresh = await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO budget_alerts (company_id, month, threshold, amount, spent, at) VALUES ({a.CompanyId}, {a.Month}, {a.Threshold}, {a.Amount}, {a.Spent}, {a.At})
             ON CONFLICT DO NOTHING
             """, ct);
        if (fresh == 1)
        {
            db.Publish(new BudgetThresholdReached(a.CompanyId, Statement.NameOf(a.Month), a.Threshold, a.Amount, a.Spent, Cost.Currency, a.At), a.At);
            db.AfterCommitted(a, () =>
            {
                Alerts.Add(1, new KeyValuePair<string, object?>("threshold", a.Threshold));
                log.LogInformation("{Company} has spent {Spent} of {Amount} USD in {Month}: {Threshold} percent of its budget", a.CompanyId, a.Spent, a.Amount, a.Month, a.Threshold);
            });
        }
    }
}
