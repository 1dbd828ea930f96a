namespace Invoicing.Billing;

/// <summary>Row of <c>automation_metrics</c>: a company's day (America/Mexico_City), written in the commit of each ledger entry. Operators query it.</summary>
public sealed class DailyMetrics
{
    public long Id { get; private set; }
    public required string CompanyId { get; init; }
    public required DateOnly Date { get; init; }
    public int TotalJobs { get; private set; }
    public int SuccessfulJobs { get; private set; }

    /// <summary>All that ended without a CFDI, cancelled ones too.</summary>
    public int FailedJobs { get; private set; }

    public long TotalProcessingTimeMs { get; private set; }
    public int CaptchasSolved { get; private set; }

    /// <summary>USD.</summary>
    public decimal TotalCost { get; private set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }
}
