using System.Globalization;
using System.Text.Json.Serialization;
using CsvHelper;
using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Billing.Endpoints;

/// <summary>GET /invoicing/v2/billing/usage: what a company used, a line a day, from the ledger. Costs only for those who may see them.</summary>
public static class GetUsage
{
    private static readonly string[] Parts = ["ocr", "browser", "captcha", "model", "storage", "total"];
    private static readonly CsvWriterOptions Options = new() { FormatProvider = CultureInfo.InvariantCulture, Injection = CsvInjection.Escape };

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
        var lines = await UsageLine.ReadAsync(db, company, period, costs, ct);
        if (format == "csv")
        {
            return TypedResults.File(Csv(company, lines, costs), "text/csv; charset=utf-8", $"usage_{period.From:yyyy-MM-dd}_{period.To:yyyy-MM-dd}.csv");
        }

        return TypedResults.Ok(new Response(
            company, period.From, period.To, costs ? lines.Sum(l => l.CostBreakdown!["total"]) : null, costs ? Cost.Currency : null, lines));
    }

    /// <summary>RFC 4180; a text that a spreadsheet would run as a formula is made harmless.</summary>
    private static byte[] Csv(string? company, List<UsageLine> lines, bool costs)
    {
        using var buffer = new MemoryStream();
        using (var csv = CsvWriter.Create(buffer, Options, leaveOpen: true))
        {
            string[] header = ["company_id", "date", "jobs", "successful", "failed", "captchas_solved", "processing_time_ms", .. costs ? Parts.Append("currency") : []];
            Array.ForEach(header, csv.WriteField);
            csv.EndRecord();
            foreach (var line in lines)
            {
                csv.WriteField(company ?? "");
                csv.WriteField(line.Date, "yyyy-MM-dd");
                Array.ForEach<long>([line.Jobs, line.Successful, line.Failed, line.CaptchasSolved, line.ProcessingTimeMs], n => csv.WriteField(n, default));
                if (costs)
                {
                    Array.ForEach(Parts, part => csv.WriteField(line.CostBreakdown![part], default));
                    csv.WriteField(Cost.Currency);
                }

                csv.EndRecord();
            }
        }

        return buffer.ToArray();
    }
}
