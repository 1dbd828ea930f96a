using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing.Endpoints;

/// <summary>GET /invoicing/v2/billing/budget: a company's budget, what it has spent this month, and what it was told.</summary>
public static class GetBudget
{
    /// <param name="Threshold">Percent.</param>
    /// <param name="Amount">The budget at that moment.</param>
    public sealed record Alert(int Threshold, decimal Amount, decimal Spent, DateTimeOffset At);

    /// <param name="Amount">Null: no budget.</param>
    /// <param name="Alerts">This month's.</param>
    public sealed record Response(
        string CompanyId, string Month, decimal? Amount, string Currency, decimal Spent, IReadOnlyList<Alert> Alerts, DateTimeOffset? UpdatedAt);

    public static async Task<Ok<Response>> Handle(string? company_id, Caller caller, BillingDb db, BudgetWatch watch, TimeProvider time, CancellationToken ct) =>
        TypedResults.Ok(await ReadAsync(caller.TenantFor(company_id), db, watch, time, ct));

    internal static async Task<Response> ReadAsync(string company, BillingDb db, BudgetWatch watch, TimeProvider time, CancellationToken ct)
    {
        var month = MexicoDay.MonthOf(MexicoDay.Of(time.GetUtcNow()));
        var budget = await db.Budgets.AsNoTracking().SingleOrDefaultAsync(b => b.CompanyId == company, ct);
        var alerts = await db.BudgetAlerts.Where(a => a.CompanyId == company && a.Month == month).OrderBy(a => a.Threshold)
            .Select(a => new Alert(a.Threshold, a.Amount, a.Spent, a.At)).ToListAsync(ct);
        return new Response(company, Statement.NameOf(month), budget?.Amount, Cost.Currency, await watch.SpentAsync(company, month, ct), alerts, budget?.ChangedAt);
    }
}
