using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Billing.Endpoints;

/// <summary>GET /invoicing/v2/billing/statements/{month}: what a company is billed for a month that has begun, as JSON, CSV or PDF.</summary>
public static class GetStatement
{
    public static async Task<Results<Ok<Statement>, FileContentHttpResult, Problem>> Handle(
        string month, string? company_id, string? format, Caller caller, BillingDb db, TimeProvider time, CancellationToken ct)
    {
        if (format is not (null or "" or "json" or "csv" or "pdf"))
        {
            return Problem.Invalid("format", "invalid_value", "format es json, csv o pdf.");
        }

        if (Statement.MonthOf(month, MexicoDay.Of(time.GetUtcNow())) is not { } first)
        {
            return Problem.NotFound($"No hay estado de cuenta de {month}.");
        }

        var statement = await Statement.ReadAsync(db, caller.TenantFor(company_id), first, ct);
        return format switch
        {
            "csv" => TypedResults.File(Csv(statement), "text/csv; charset=utf-8", $"estado-de-cuenta-{statement.Month}.csv"),
            "pdf" => TypedResults.File(StatementPdf.Write(statement), "application/pdf", $"estado-de-cuenta-{statement.Month}.pdf"),
            _ => TypedResults.Ok(statement),
        };
    }

    private static byte[] Csv(Statement s) => UsageCsv.Write(
        ["company_id", "month", "kind"],
        [.. s.Lines.Select(l => (new[] { s.CompanyId, s.Month, "usage" }, l)), .. s.Adjustments.Select(l => (new[] { s.CompanyId, s.Month, "adjustment" }, l))],
        costs: true);
}
