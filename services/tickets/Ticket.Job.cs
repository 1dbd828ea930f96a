namespace Invoicing.Tickets;

/// <summary>What a job last said of itself.</summary>
/// <param name="Sequence">Grows with each change of one job.</param>
public sealed record JobState(
    long JobId, string Status, string Estado, string? Outcome, string? OutcomeDetail, int? RetryCount, int? Progress, long Sequence, DateTimeOffset At);

// The ticket as its job shows it.
public sealed partial class Ticket
{
    /// <summary>The job whose words count now: the first one, or the one opened last.</summary>
    public long? JobId { get; private set; }

    public string AutomationStatus { get; private set; } = Tickets.AutomationStatus.Pendiente;
    public string? JobEstado { get; private set; }
    public string? Outcome { get; private set; }
    public string? OutcomeDetail { get; private set; }
    public Priority Priority { get; private set; }
    public int RetryCount { get; private set; }
    public int Progress { get; private set; }
    public long JobSequence { get; private set; }
    public DateTimeOffset? JobChangedAt { get; private set; }
    public int? ProcessingTimeMs { get; private set; }
    public IReadOnlyDictionary<string, decimal>? CostBreakdown { get; private set; }

    /// <summary>Somebody still works on it, so that its end is the job's to tell.</summary>
    public bool HasOpenJob => JobId is not null && JobEstado is null or "pendiente" or "en_progreso" or "pausado";

    /// <summary>Its job waits for a person to start it: the tenant stays on v1. Known until the job itself speaks.</summary>
    public bool IsLegacy => JobId is not null && JobChangedAt is null && AutomationStatus == Tickets.AutomationStatus.Pendiente;

    /// <summary>Right after creation, before the job itself has spoken. Null: the client asked for no automation.</summary>
    public void Queue(long? jobId, bool legacy, DateTimeOffset now)
    {
        (JobId, Priority, UpdatedAt) = (jobId, Options.Priority, now);
        AutomationStatus = jobId is null || legacy ? Tickets.AutomationStatus.Pendiente : Tickets.AutomationStatus.EnCola;
    }

    /// <summary>False when it is old news.</summary>
    public bool Follow(JobState job, Priority priority)
    {
        var news = !IsOld(job);
        if (news)
        {
            Priority = priority;
            Take(job);
        }

        return news;
    }

    /// <summary>The job ended. False when a later word of this job, or a later job, already speaks for the ticket.</summary>
    public bool Close(JobState job, TimeSpan took)
    {
        // The last progress and the end may carry one sequence number; the end is never the older of the two.
        var isLastWord = job.JobId == JobId && job.Sequence == JobSequence;
        if (!isLastWord && IsOld(job))
        {
            return false;
        }

        Take(job);
        ProcessingTimeMs = (int)Math.Min(took.TotalMilliseconds, int.MaxValue);
        if (Estado == Estado.fallido)
        {
            InvoiceStatus = "fallida";
            InvoiceFailureReason = job.OutcomeDetail ?? InvoiceFailureReason;
        }

        return true;
    }

    public void Price(IReadOnlyDictionary<string, decimal> costs, DateTimeOffset now)
    {
        CostBreakdown = costs;
        UpdatedAt = now;
    }

    private void Take(JobState job)
    {
        (JobId, JobSequence, JobChangedAt) = (job.JobId, job.Sequence, job.At);
        (JobEstado, Outcome, OutcomeDetail) = (job.Estado, job.Outcome, job.OutcomeDetail);
        RetryCount = job.RetryCount ?? RetryCount;
        Progress = job.Progress ?? Progress;
        Show(job.Status, job.At);
    }

    private bool IsOld(JobState job) =>
        job.JobId == JobId ? job.Sequence <= JobSequence : JobChangedAt is { } last && job.At < last;

    private void Show(string status, DateTimeOffset now)
    {
        // A CFDI in hand is a fact; a job that ends otherwise does not take it away, and without one nothing is complete.
        var shown = InvoiceUuid is not null && Tickets.AutomationStatus.EstadoOf(status) == Estado.fallido ? Tickets.AutomationStatus.Completado : status;
        if (shown == Tickets.AutomationStatus.Completado && InvoiceUuid is null)
        {
            shown = "descarga_pendiente";
        }

        if (InvoiceStatus == "fallida" && Tickets.AutomationStatus.EstadoOf(shown) != Estado.fallido)
        {
            (InvoiceStatus, InvoiceFailureReason) = ("pendiente", null);
        }

        AutomationStatus = shown;
        Turn(Tickets.AutomationStatus.EstadoOf(shown), now);
    }
}
