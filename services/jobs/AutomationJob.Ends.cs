using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>How an attempt ends, and how the job does.</summary>
public sealed partial class AutomationJob
{
    /// <summary>How often a portal may say "not yet".</summary>
    public const int MaxPostponements = 40;

    /// <summary>The success the worker reported, believed only when tickets has verified the files.</summary>
    public string? PendingOutcome { get; private set; }

    /// <summary>The VerifyCfdi that was sent, to be sent again should nobody answer.</summary>
    public VerifyCfdi? Verification { get; private set; }

    public bool IsCurrent(int attempt) => attempt == Attempt && (HasWorker || Phase == Phase.stopping);

    /// <summary>Takes in a finished attempt of <see cref="IsCurrent"/>.</summary>
    /// <param name="filesPatience">After the emission, until a person is told that the files do not come.</param>
    /// <returns>What follows; <see cref="Next.AskPerson"/> and <see cref="Next.Verify"/> are still to be carried out by the caller.</returns>
    public Next Finish(AttemptFinished end, Backoff backoff, DateTimeOffset? availableFrom, TimeSpan filesPatience, DateTimeOffset now)
    {
        var consulted = EmittedAt is not null && EmissionAttempt != end.Attempt;
        Consume(end.Usage);
        if (Phase == Phase.stopping)
        {
            Phase = Phase.closed;
            return Next.Stop;
        }

        EmittedAt ??= end.Emitted || end.Outcome == Outcomes.EmitidaPendienteArchivos ? now : null;
        (FinalUrl, ErrorType, EmissionReceptor) = (end.FinalUrl ?? FinalUrl, end.ErrorType, EmissionReceptor ?? end.Receptor);
        (Outcome, OutcomeDetail, HumanExplanation) = (end.Outcome, end.Detail, end.Detail);
        var next = consulted || end.Emitted ? Outcomes.AfterEmission(end.Outcome) : Outcomes.After(end.Outcome);
        if (next == Next.Verify && !end.Files.Any(f => f.Kind == "cfdi_xml"))
        {
            next = Next.AwaitFiles;
        }
        else if (next == Next.AwaitFiles && end.Files.Any(f => f.Kind == "cfdi_xml"))
        {
            next = Next.Verify;
        }

        next = next == Next.AwaitFiles && EmittedAt + filesPatience < now ? Next.AskPerson : next;
        Follow(next, end, backoff, availableFrom, now);
        return next;
    }

    /// <summary>Nothing is called done until the files are verified.</summary>
    public void Verify(VerifyCfdi verification, string outcome)
    {
        (Verification, PendingOutcome, Outcome, OutcomeDetail) = (verification, outcome, null, "Verificando el CFDI descargado.");
        DownloadedFiles = [.. DownloadedFiles, .. verification.Files.Select(f => f.File.FileName).Except(DownloadedFiles)];
        ProgressPercentage = Math.Max(ProgressPercentage, 90);
        Move(Phase.verifying, Estado.en_progreso, Status.DescargaPendiente);
    }

    /// <summary>A verified CFDI of this ticket is stored: the only way to completado. False when the job had ended.</summary>
    public bool Complete(DateTimeOffset now)
    {
        if (!IsOpen)
        {
            return false;
        }

        var outcome = PendingOutcome is Outcomes.YaFacturadaRecuperada ? Outcomes.YaFacturadaRecuperada : Outcomes.Entregada;
        (ErrorType, ErrorMessage, HumanExplanation, ProgressPercentage) = (null, null, null, 100);
        End(Estado.completado, Status.Completado, outcome, "Factura obtenida y verificada.", now);
        return true;
    }

    /// <summary>The files were not this ticket's CFDI: consult again, never emit again.</summary>
    public bool Refuse(int attempt, string code, string reason, Backoff backoff, DateTimeOffset now)
    {
        if (attempt != Attempt || Phase != Phase.verifying)
        {
            return false;
        }

        EmittedAt ??= now;
        (Outcome, OutcomeDetail, ErrorType, HumanExplanation) = (Outcomes.ResultadoIncierto, reason, code, reason);
        Again(backoff, now);
        return true;
    }

    /// <summary>A clock ran out.</summary>
    public void TimeOut(string outcome, string detail, DateTimeOffset now) => End(Estado.fallido, Status.Timeout, outcome, detail, now);

    public void Fail(string outcome, string detail, DateTimeOffset now)
    {
        HumanExplanation = detail;
        End(Estado.fallido, Status.Fallido, outcome, detail, now);
    }

    /// <summary>The attempt overran its wall clock: a transient failure of its own kind.</summary>
    public void Overrun(Backoff backoff, DateTimeOffset now)
    {
        (Outcome, OutcomeDetail, ErrorType) = (Outcomes.ResultadoIncierto, "El intento excedió el tiempo permitido.", "timeout");
        Again(backoff, now);
    }

    public void Price(IReadOnlyDictionary<string, decimal> cost) => CostBreakdown = cost;

    private void Follow(Next next, AttemptFinished end, Backoff backoff, DateTimeOffset? availableFrom, DateTimeOffset now)
    {
        switch (next)
        {
            case Next.Stop:
                Fail(end.Outcome, ClosesAt < now ? Outcomes.Late(end.Outcome, end.Detail, ClosesAt.Value) : end.Detail, now);
                break;
            case Next.Again:
                Again(backoff, now);
                break;
            case Next.Later when ++Postponements > MaxPostponements:
                Fail(end.Outcome, end.Detail, now);
                break;
            case Next.Later:
                Requeue(Soonest(end.RetryAt ?? availableFrom, now.AddHours(1), now));
                break;
            case Next.AwaitFiles:
                EmittedAt ??= now;
                NextAttemptAt = Soonest(end.RetryAt, now + FilesWait(Postponements++), now);
                (Outcome, ProgressPercentage) = (Outcomes.EmitidaPendienteArchivos, Math.Max(ProgressPercentage, 85));
                Move(Phase.awaiting_files, Estado.en_progreso, Status.DescargaPendiente);
                break;
        }
    }

    private void Again(Backoff backoff, DateTimeOffset now)
    {
        if (RetryCount >= MaxRetries)
        {
            End(Estado.fallido, ErrorType == "timeout" ? Status.Timeout : Status.Fallido, Outcome, OutcomeDetail, now);
            return;
        }

        Requeue(now + backoff.After(RetryCount++));
    }

    private void End(Estado estado, string status, string? outcome, string? detail, DateTimeOffset now)
    {
        endedAsking = InterventionInstructions is not null;
        (Outcome, OutcomeDetail, CompletedAt, InterventionInstructions) = (outcome, detail, now, null);
        ErrorMessage = estado == Estado.fallido ? detail : ErrorMessage;
        var (worker, until) = (LeaseWorker, LeaseUntil);
        Move(Phase.closed, estado, status);
        (LeaseWorker, LeaseUntil) = estado == Estado.cancelado ? (worker, until) : (null, null);
    }

    private void Consume(AttemptUsage use)
    {
        Usage = Usage with
        {
            BrowserSeconds = Usage.BrowserSeconds + use.BrowserSeconds,
            CaptchasSolved = Usage.CaptchasSolved + use.CaptchasSolved,
            CaptchasByService = Usage.CaptchasByService + use.CaptchasByService,
            ModelInputTokens = Usage.ModelInputTokens + use.ModelInputTokens,
            ModelOutputTokens = Usage.ModelOutputTokens + use.ModelOutputTokens,
            Model = use.Model ?? Usage.Model,
            StoredBytes = Usage.StoredBytes + use.StoredBytes,
            Attempts = Usage.Attempts + 1,
        };
        var services = new Dictionary<string, string>(ServicesUsed) { ["browser"] = "chromium" };
        if (use.CaptchasSolved > 0)
        {
            services["captcha"] = use.CaptchasByService > 0 ? "service" : use.CaptchasLocally == use.CaptchasSolved ? "local" : "person";
        }

        if (use.Model is not null)
        {
            services["model"] = use.Model;
        }

        ServicesUsed = services;
    }

    /// <summary>Mail usually brings the files within minutes; the portal is asked ever more rarely, 10 min to 6 h.</summary>
    private static TimeSpan FilesWait(int times) => TimeSpan.FromMinutes(Math.Min(360, 10 * Math.Pow(2, Math.Min(times, 10))));

    private static DateTimeOffset Soonest(DateTimeOffset? named, DateTimeOffset otherwise, DateTimeOffset now) =>
        named is { } at && at > now ? at : otherwise;
}
