using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>
/// One ticket's way to its invoice: reading → queued → dispatched → running → verifying → closed, with persons asked and retries between.
/// Attempts are fenced by their number; after a recorded emission every further attempt only consults.
/// </summary>
public sealed partial class AutomationJob
{
    public required long Id { get; init; }
    public required long TicketId { get; init; }
    public required string CompanyId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public string SessionId { get; private set; } = "";

    public Phase Phase { get; private set; }
    public Estado Estado { get; private set; }
    public string AutomationStatus { get; private set; } = Status.EnCola;
    public int ProgressPercentage { get; private set; }
    public string? Outcome { get; private set; }
    public string? OutcomeDetail { get; private set; }
    public string? ErrorType { get; private set; }
    public string? ErrorMessage { get; private set; }
    public string? HumanExplanation { get; private set; }
    public string? InterventionInstructions { get; private set; }
    public string? FinalUrl { get; private set; }

    public required Priority Priority { get; init; }
    public required int MaxRetries { get; init; }
    public required int TimeoutSeconds { get; init; }
    public required bool CaptchaSolving { get; init; }
    public long? FiscalProfileId { get; init; }
    public string? NotificationWebhook { get; init; }
    public string Config { get; init; } = "{}";
    public IReadOnlyList<string> AlternativeUrls { get; init; } = [];
    public IReadOnlyDictionary<string, string> Answers { get; private set; } = new Dictionary<string, string>();
    public long? BatchKey { get; init; }
    public string? BatchId { get; init; }

    /// <summary>The item's place in the batch's request, and the name its client gave it.</summary>
    public int? BatchIndex { get; init; }
    public string? BatchItemKey { get; init; }

    public long? MerchantId { get; private set; }
    public string? MerchantName { get; private set; }
    public string? PortalHost { get; private set; }
    public DateTimeOffset? ClosesAt { get; private set; }

    public DateTimeOffset? ScheduledAt { get; init; }
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>The queue's order inside a tenant, see <see cref="Rank"/>.</summary>
    public DateTimeOffset RankAt { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public int RetryCount { get; private set; }
    public int Postponements { get; private set; }
    public string? HeldReason { get; private set; }

    public IReadOnlyList<string> DownloadedFiles { get; private set; } = [];
    public IReadOnlyDictionary<string, string> ServicesUsed { get; private set; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, decimal> CostBreakdown { get; private set; } = new Dictionary<string, decimal>();
    public JobUsage Usage { get; private set; } = NoUsage;
    public long EventSeq { get; private set; }

    /// <summary>W3C parent of what opened the job: its attempts stay in the client's trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>JobClosed has left for this end of the job.</summary>
    public bool Told { get; private set; }

    private bool asked;
    private bool endedAsking;
    private bool withdrawn;

    public static JobUsage NoUsage { get; } = new(0, 0, 0, 0, 0, 0, null, 0, 0);

    public bool IsOpen => Phase is not (Phase.closed or Phase.stopping);
    public bool HasWorker => Phase is Phase.dispatched or Phase.running or Phase.waiting;

    /// <summary>At its end: a question may still be open. A job that never ran and never asked has none, nor has one whose questions were just withdrawn.</summary>
    public bool LeavesQuestion => !withdrawn && (Attempt > 0 || endedAsking);
    public bool Succeeded => Estado == Estado.completado;

    /// <summary>The next event's number: 1, 2, 3… without gaps, under the row's lock.</summary>
    public long NextEvent(DateTimeOffset now)
    {
        UpdatedAt = now;
        return ++EventSeq;
    }

    /// <summary>True once for each question to a person.</summary>
    public bool TellQuestion()
    {
        var first = asked;
        asked = false;
        return first;
    }

    /// <summary>Every question that was open is withdrawn.</summary>
    public void WithdrawQuestions() => withdrawn = true;

    /// <summary>Starts the clocks anew without a visible change.</summary>
    public void Touch(DateTimeOffset now) => UpdatedAt = now;

    /// <summary>True once for each end of the job.</summary>
    public bool TellEnd()
    {
        var first = Phase == Phase.closed && !Told;
        Told |= first;
        return first;
    }

    /// <summary>
    /// Priority is a head start in time, so that nothing starves: urgente 24 h, alta 4 h, baja starts 4 h late. A ticket whose window closes
    /// soon stands as if it had waited since a day before the end. Whether a window has really passed is the portal's to say.
    /// </summary>
    public DateTimeOffset Rank()
    {
        var since = (ScheduledAt ?? CreatedAt) - Priority switch
        {
            Priority.urgente => TimeSpan.FromHours(24),
            Priority.alta => TimeSpan.FromHours(4),
            Priority.baja => TimeSpan.FromHours(-4),
            _ => TimeSpan.Zero,
        };
        return ClosesAt is { } end && end > CreatedAt && end.AddHours(-24) < since ? end.AddHours(-24) : since;
    }

    private void Move(Phase phase, Estado estado, string status)
    {
        (Phase, Estado, AutomationStatus) = (phase, estado, status);
        if (phase is not (Phase.dispatched or Phase.running or Phase.waiting))
        {
            (LeaseWorker, LeaseUntil, RunDeadline, PersonWait) = (null, null, null, false);
        }
    }
}
