using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing.Endpoints;

/// <summary>GET /invoicing/v2/billing/statements: the months a company has usage in, newest first.</summary>
public static class ListStatements
{
    public sealed record Response(string Month, string Status, DateTimeOffset? ClosedAt, int Jobs, decimal TotalCost, string Currency);

    public static async Task<Ok<List<Response>>> Handle(string? company_id, Caller caller, BillingDb db, CancellationToken ct)
    {
        var company = caller.TenantFor(company_id);
        var closings = await db.ClosedMonths.AsNoTracking().OrderBy(m => m.Month).ToListAsync(ct);
        var months = await db.Usage.Where(e => e.CompanyId == company).GroupBy(e => e.BilledMonth).OrderByDescending(g => g.Key)
            .Select(g => new { Month = g.Key, Jobs = g.Count(), Cost = g.Sum(e => e.Cost.Ocr + e.Cost.Browser + e.Cost.Captcha + e.Cost.Model + e.Cost.Storage) })
            .ToListAsync(ct);
        return TypedResults.Ok(months.Select(m => (m, closings.FirstOrDefault(c => c.Month >= m.Month))).Select(m => new Response(
            Statement.NameOf(m.m.Month), m.Item2 is null ? Statement.Open : Statement.Closed, m.Item2?.ClosedAt, m.m.Jobs, m.m.Cost, Cost.Currency)).ToList());
    }
}
