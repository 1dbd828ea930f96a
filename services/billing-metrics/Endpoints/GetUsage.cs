using System.Text.Json.Serialization;
using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Billing.Endpoints;

/// <summary>GET /invoicing/v2/billing/usage: what a company used, a line a day, from the ledger. Costs only for those who may see them.</summary>
public static class GetUsage
{
    /// <param name="CompanyId">Null: all companies together.</param>
    public sealed record Response(
        string? CompanyId, DateOnly From, DateOnly To,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? TotalCost,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Currency,
        IReadOnlyList<UsageLine> Lines);

    public static async Task<Results<Ok<Response>, FileContentHttpResult, Problem>> Handle(
        string? from, string? to, string? company_id, string? format, Caller caller, BillingDb db, TimeProvider time, CancellationToken ct)
    {
        if (format is not (null or "" or "json" or "csv"))
        {
            return Problem.Invalid("format", "invalid_value", "format es json o csv.");
        }

        var period = Period.Parse(from, to, MexicoDay.Of(time.GetUtcNow()));
        var company = caller.CompanyOf(company_id);
        var costs = caller.May(Permission.view_costs);
        var lines = await UsageLine.ReadAsync(db.Usage.Where(e => (company == null || e.CompanyId == company) && e.Date >= period.From && e.Date <= period.To), costs, ct);
        if (format == "csv")
        {
            return TypedResults.File(UsageCsv.Write(["company_id"], lines.Select(l => (new[] { company ?? "" }, l)), costs), "text/csv; charset=utf-8", $"usage_{period.From:yyyy-MM-dd}_{period.To:yyyy-MM-dd}.csv");
        }

        return TypedResults.Ok(new Response(
            company, period.From, period.To, costs ? lines.Sum(l => l.CostBreakdown!["total"]) : null, costs ? Cost.Currency : null, lines));
    }
}
