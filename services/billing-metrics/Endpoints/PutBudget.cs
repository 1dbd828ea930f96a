using System.ComponentModel.DataAnnotations;
using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing.Endpoints;

/// <summary>PUT /invoicing/v2/billing/budget: what a company means to spend a month. A threshold already passed is told at once, unless it was told this month.</summary>
public static class PutBudget
{
    /// <param name="Amount">Six decimals at most count.</param>
    /// <param name="Currency">That of the prices; may be left out.</param>
    public sealed record Request(
        [property: Required(ErrorMessage = "amount es obligatorio.")]
        [property: Range(0.01, 1_000_000_000, ErrorMessage = "amount va de 0.01 a 1,000,000,000.")] decimal? Amount,
        [property: AllowedValues(null, Cost.Currency, ErrorMessage = "currency es USD: en ella están los precios.")] string? Currency,
        string? CompanyId);

    public static async Task<Ok<GetBudget.Response>> Handle(
        string? company_id, Body<Request> body, Caller caller, BillingDb db, BudgetWatch watch, TimeProvider time, CancellationToken ct)
    {
        var company = caller.TenantFor(string.IsNullOrEmpty(body.Value.CompanyId) ? company_id : body.Value.CompanyId);
        var (amount, now) = (Math.Round(body.Value.Amount!.Value, 6), time.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO budgets (company_id, amount, changed_by, changed_at) VALUES ({company}, {amount}, {caller.Subject}, {now})
             ON CONFLICT (company_id) DO UPDATE SET amount = excluded.amount, changed_by = excluded.changed_by, changed_at = excluded.changed_at
             """, ct);
        await watch.LookAsync(company, MexicoDay.MonthOf(MexicoDay.Of(now)), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(await GetBudget.ReadAsync(company, db, watch, time, ct));
    }
}
