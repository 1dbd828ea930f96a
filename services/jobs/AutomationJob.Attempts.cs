using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>One attempt: handed out, leased, renewed, and its point of no return. Every word of a worker names the attempt.</summary>
public sealed partial class AutomationJob
{
    /// <summary>How long a worker may be silent.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(45);

    /// <summary>Workers that may die under one job before it is given up.</summary>
    public const int MaxLostLeases = 5;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The fence: grows with each hand-out.</summary>
    public int Attempt { get; private set; }
    public DateTimeOffset? DispatchedAt { get; private set; }
    public string? LeaseWorker { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }
    public DateTimeOffset? RunDeadline { get; private set; }

    /// <summary>A person is asked, the worker's slot is free meanwhile.</summary>
    public bool PersonWait { get; private set; }
    public int LostLeases { get; private set; }
    public DateTimeOffset? EmittedAt { get; private set; }
    public int? EmissionAttempt { get; private set; }
    public string? EmissionUrl { get; private set; }
    public string? EmissionReceptor { get; private set; }

    /// <summary>The day (Mexico City) the job counted against its tenant's daily limit.</summary>
    public DateOnly? CountedOn { get; private set; }
    public int Steps { get; private set; }
    public int StepBase { get; private set; }
    public DateTimeOffset? HeartbeatAt { get; private set; }

    public bool ConsultOnly => EmittedAt is not null;

    public void Dispatch(DateOnly today, DateTimeOffset now)
    {
        if (Phase is not (Phase.queued or Phase.awaiting_files))
        {
            throw new InvalidOperationException($"Job {Id} is {Phase}");
        }

        (Attempt, DispatchedAt, StepBase) = (Attempt + 1, now, Steps);
        (HeldReason, CountedOn, StartedAt) = (null, CountedOn ?? today, StartedAt ?? now);
        (Outcome, OutcomeDetail) = (null, null);
        Move(Phase.dispatched, Estado.en_progreso, ConsultOnly ? Status.DescargaPendiente : Status.Procesando);
        LeaseUntil = now + Lease;
    }

    /// <summary>Null when the attempt is stale or another session runs it: one attempt is one session, or two would press. Repeating a lost answer is fine.</summary>
    public DateTimeOffset? TakeLease(int attempt, string worker, string session, DateTimeOffset now)
    {
        var repeated = Phase == Phase.running && LeaseWorker == worker && SessionId == session;
        if (attempt != Attempt || Phase != Phase.dispatched && !repeated)
        {
            return null;
        }

        (Phase, LeaseWorker, SessionId, HeartbeatAt) = (Phase.running, worker, session, now);
        RunDeadline = now.AddSeconds(TimeoutSeconds) + Grace;
        return LeaseUntil = now + Lease;
    }

    /// <summary>Null when the attempt is stale. Time spent waiting for a person is not the attempt's.</summary>
    public DateTimeOffset? Heartbeat(int attempt, string worker, bool waiting, DateTimeOffset now)
    {
        if (attempt != Attempt || LeaseWorker != worker || Phase is not (Phase.running or Phase.waiting or Phase.stopping))
        {
            return null;
        }

        if (waiting || Phase == Phase.waiting)
        {
            RunDeadline += now - (HeartbeatAt ?? now);
        }

        (PersonWait, HeartbeatAt) = (waiting, now);
        return LeaseUntil = now + Lease;
    }

    /// <summary>Durable before the click that emits. False: do not press.</summary>
    public bool RecordEmission(int attempt, string url, string receptor, DateTimeOffset now)
    {
        if (attempt != Attempt || Phase is not (Phase.running or Phase.waiting) || EmittedAt is not null && EmissionAttempt != attempt)
        {
            return false;
        }

        (EmittedAt, EmissionAttempt, EmissionUrl, EmissionReceptor) = (EmittedAt ?? now, attempt, url, receptor);
        return true;
    }

    /// <summary>The worker drains: the attempt is given back and costs nothing.</summary>
    public bool Return(int attempt, string worker, DateTimeOffset now)
    {
        if (attempt != Attempt || Phase is not (Phase.dispatched or Phase.running or Phase.waiting) || LeaseWorker is { } holder && holder != worker)
        {
            return false;
        }

        Requeue(now);
        return true;
    }

    /// <summary>The lease ran out. A hand-out that nobody took costs nothing; a worker that died is counted.</summary>
    public void LoseLease(DateTimeOffset now)
    {
        if (Phase == Phase.stopping)
        {
            Phase = Phase.closed;
            return;
        }

        if (Phase != Phase.dispatched && ++LostLeases > MaxLostLeases)
        {
            ErrorType = "worker_lost";
            End(Estado.fallido, Status.Fallido, Outcomes.ResultadoIncierto,
                $"El navegador se interrumpió {LostLeases} veces con este ticket y no se sabe el resultado.", now);
            return;
        }

        Requeue(now);
    }

    /// <summary>The worker's browser is open.</summary>
    public bool Started(int attempt, string session)
    {
        var current = attempt == Attempt && HasWorker;
        SessionId = current ? session : SessionId;
        return current;
    }

    /// <summary>The step's number within the job, null when the attempt is stale.</summary>
    public int? Step(int attempt, int number, string status)
    {
        if (attempt != Attempt || !HasWorker)
        {
            return null;
        }

        // Steps may be heard out of order: an earlier one is kept, but says nothing of where the job is now.
        if (Phase != Phase.waiting && StepBase + number > Steps && Status.OfWorker.TryGetValue(status, out var percent))
        {
            (AutomationStatus, ProgressPercentage) = (status, Math.Max(ProgressPercentage, percent));
        }

        Steps = Math.Max(Steps, StepBase + number);
        return StepBase + number;
    }

    /// <summary>The worker keeps the page open for a person.</summary>
    public bool Wait(int attempt, string instructions)
    {
        if (attempt != Attempt || !HasWorker)
        {
            return false;
        }

        (InterventionInstructions, asked) = (instructions, true);
        PersonWait = true;
        Move(Phase.waiting, Estado.pausado, Status.RequiereIntervencion);
        return true;
    }

    /// <summary>The answer is on its way to the worker that waits for it.</summary>
    public void GoOn()
    {
        InterventionInstructions = null;
        Move(Phase.running, Estado.en_progreso, Status.Procesando);
    }
}
