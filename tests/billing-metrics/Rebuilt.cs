namespace Invoicing.Billing.Tests;

/// <summary>automation_metrics as the ledger alone would have it.</summary>
internal static class Rebuilt
{
    private const string Ledger = """
        SELECT company_id, date, count(*)::int AS total_jobs, (count(*) FILTER (WHERE successful))::int, (count(*) FILTER (WHERE NOT successful))::int,
            sum(processing_time_ms)::bigint, sum(captchas_solved)::int, sum(cost_ocr + cost_browser + cost_captcha + cost_model + cost_storage)
        FROM usage_ledger GROUP BY company_id, date
        """;

    private const string Kept = """
        SELECT company_id, date, total_jobs, successful_jobs, failed_jobs, total_processing_time_ms, captchas_solved, total_cost FROM automation_metrics
        """;

    /// <summary>How many days differ, either way.</summary>
    public const string Differences = $"SELECT count(*) FROM (({Ledger} EXCEPT {Kept}) UNION ALL ({Kept} EXCEPT {Ledger})) d";
}
