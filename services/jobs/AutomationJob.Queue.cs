using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>Before and between attempts: reading, the queue, persons, and what a user commands.</summary>
public sealed partial class AutomationJob
{
    public static AutomationJob Open(JobOrder order, DateTimeOffset now)
    {
        var job = new AutomationJob
        {
            Id = order.Id, TicketId = order.TicketId, CompanyId = order.CompanyId, CreatedAt = now, UpdatedAt = now, Priority = order.Priority,
            MaxRetries = order.MaxRetries, TimeoutSeconds = order.TimeoutSeconds, CaptchaSolving = order.CaptchaSolving,
            FiscalProfileId = order.FiscalProfileId, NotificationWebhook = order.NotificationWebhook, AlternativeUrls = order.AlternativeUrls,
            Config = order.Config, ScheduledAt = order.ScheduledAt, MerchantId = order.MerchantId, BatchKey = order.Batch?.Id,
            BatchId = order.Batch?.BatchId, BatchIndex = order.BatchIndex, BatchItemKey = order.BatchItemKey, SessionId = $"job_{order.Id}", NextAttemptAt = order.ScheduledAt ?? now,
            TraceParent = Telemetry.TraceParent,
        };
        job.RankAt = job.Rank();
        job.Move(order.Legacy ? Phase.manual : Phase.reading, Estado.pendiente, order.Legacy ? Status.Pendiente : Status.EnCola);
        return job;
    }

    /// <summary>A person starts a job that waits for one.</summary>
    /// <returns>False when it runs by itself already.</returns>
    public bool Release()
    {
        var manual = Phase == Phase.manual;
        if (manual)
        {
            Move(Phase.reading, Estado.pendiente, Status.EnCola);
        }

        return manual;
    }

    public void Identify(TicketRead reading)
    {
        MerchantId = reading.Merchant?.Id ?? MerchantId;
        MerchantName = reading.Merchant?.Nombre ?? MerchantName;
        ClosesAt = reading.ClosesAt ?? ClosesAt;
        ServicesUsed = new Dictionary<string, string>(ServicesUsed) { ["ocr"] = reading.Usage.Engine };
    }

    /// <summary>Everything an attempt needs is known.</summary>
    /// <param name="host">host:port of the first portal address.</param>
    /// <param name="notBefore">When the merchant begins to know its tickets, where that is known.</param>
    public void Queue(string host, DateTimeOffset? notBefore, DateTimeOffset now)
    {
        PortalHost = host;
        RankAt = Rank();
        var earliest = ScheduledAt is { } scheduled && scheduled > now ? scheduled : now;
        if (notBefore > earliest)
        {
            (earliest, Outcome) = (notBefore.Value, Outcomes.AunNoDisponible);
            OutcomeDetail = $"El comercio factura este ticket a partir del {MexicoCity.Say(earliest)}; hasta entonces espera.";
        }

        Requeue(earliest);
    }

    /// <summary>A person is asked and nobody keeps a page open meanwhile.</summary>
    public void Ask(string instructions)
    {
        (InterventionInstructions, asked, withdrawn) = (instructions, true, false);
        Move(Phase.asking, Estado.pausado, Status.RequiereIntervencion);
    }

    public void Answer(string field, string value) => Answers = new Dictionary<string, string>(Answers) { [field] = value };

    public const string DailyLimit = "daily_limit";

    private bool Hold(string reason, string detail)
    {
        if (Phase != Phase.queued || HeldReason == reason)
        {
            return false;
        }

        (HeldReason, OutcomeDetail) = (reason, detail);
        return true;
    }

    /// <summary>The tenant's daily limit is spent and its policy is to wait; said once.</summary>
    public bool HoldForTheDay() => Hold(DailyLimit, "Se alcanzó el límite diario de trabajos de la empresa; continuará mañana.");

    /// <summary>Again at once, for a waiting job.</summary>
    public void RunNow(DateTimeOffset now) => NextAttemptAt = NextAttemptAt > now ? now : NextAttemptAt;

    /// <summary>False when the state does not allow it; pausing twice is fine.</summary>
    public bool Pause()
    {
        if (Phase is Phase.manual or Phase.reading or Phase.queued)
        {
            Move(Phase.paused, Estado.pausado, Status.EnCola);
        }

        return Phase == Phase.paused;
    }

    /// <summary>Back to where admission decides.</summary>
    public bool Resume()
    {
        var paused = Phase == Phase.paused;
        if (paused)
        {
            Move(Phase.reading, Estado.pendiente, Status.EnCola);
        }

        return paused;
    }

    /// <summary>False when an emission is on its way in a browser: stopping then would lose an invoice.</summary>
    public bool Cancel(DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return Estado == Estado.cancelado;
        }

        if (HasWorker && EmittedAt is not null || Phase == Phase.verifying)
        {
            return false;
        }

        var phase = HasWorker ? Phase.stopping : Phase.closed;
        End(Estado.cancelado, Status.Cancelado, null, "Cancelado por el usuario.", now);
        Phase = phase;
        return true;
    }

    /// <summary>A job that failed or was cancelled starts over; what was emitted stays known. False for any other state.</summary>
    public bool Retry(DateTimeOffset now)
    {
        if (Phase != Phase.closed || Succeeded)
        {
            return false;
        }

        (RetryCount, Postponements, LostLeases, Told, CompletedAt) = (0, 0, 0, false, null);
        (Outcome, OutcomeDetail, ErrorType, ErrorMessage, HumanExplanation) = (null, null, null, null, null);
        (Usage, NextAttemptAt) = (NoUsage, now);
        Move(Phase.reading, Estado.pendiente, Status.EnCola);
        return true;
    }

    private void Requeue(DateTimeOffset at)
    {
        NextAttemptAt = at;
        InterventionInstructions = null;
        Move(Phase.queued, Estado.pendiente, Status.EnCola);
    }
}

/// <summary>What somebody asks of automation for a ticket.</summary>
public sealed record JobOrder(long Id, long TicketId, string CompanyId)
{
    public Priority Priority { get; init; } = Priority.normal;
    public int MaxRetries { get; init; } = 3;
    public int TimeoutSeconds { get; init; } = 300;
    public bool CaptchaSolving { get; init; } = true;
    public IReadOnlyList<string> AlternativeUrls { get; init; } = [];
    public long? FiscalProfileId { get; init; }
    public long? MerchantId { get; init; }
    public string? NotificationWebhook { get; init; }
    public string Config { get; init; } = "{}";
    public DateTimeOffset? ScheduledAt { get; init; }
    public Batch? Batch { get; init; }
    public int? BatchIndex { get; init; }
    public string? BatchItemKey { get; init; }

    /// <summary>The tenant stays on v1: nothing runs until a person says so.</summary>
    public bool Legacy { get; init; }

    /// <summary>The wishes that came with the ticket, for a job made later.</summary>
    public JobOrder With(TicketSubmitted? ticket) => ticket is null ? this : this with
    {
        Priority = Enum.TryParse<Priority>(ticket.Priority, out var priority) ? priority : Priority.normal,
        MaxRetries = Math.Clamp(ticket.MaxRetries, 0, 10),
        TimeoutSeconds = Math.Clamp(ticket.TimeoutSeconds, 30, 3600),
        CaptchaSolving = ticket.CaptchaSolving,
        AlternativeUrls = ticket.AlternativeUrls,
        FiscalProfileId = ticket.FiscalProfileId,
        NotificationWebhook = ticket.NotificationWebhook,
    };
}
