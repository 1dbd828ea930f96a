using CsCheck;
using Invoicing.Messages;

namespace Invoicing.Jobs.Tests;

/// <summary>Whatever happens to a job in whatever order, it keeps its word. The seed of a failing case is printed.</summary>
public sealed class JobPropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(30));
    private static readonly string[] AllOutcomes =
    [
        Outcomes.Entregada, Outcomes.EmitidaPendienteArchivos, Outcomes.YaFacturadaRecuperada, Outcomes.YaFacturadaOtroRfc, Outcomes.TicketNoEncontrado, Outcomes.AunNoDisponible,
        Outcomes.FueraDePlazo, Outcomes.DatosTicketInvalidos, Outcomes.ReceptorRechazado, Outcomes.RequiereHumano, Outcomes.PortalCaido, Outcomes.PortalNoReconocido, Outcomes.ResultadoIncierto,
    ];

    private static readonly Gen<(int Verb, bool Stale, int Pick)[]> Histories = Gen.Select(Gen.Int[0, 18], Gen.Bool, Gen.Int[0, AllOutcomes.Length - 1]).Array[1, 60];

    [Test]
    public void Every_history_keeps_the_rules() => Histories.Sample(history =>
    {
        var (job, now, ends) = (Opened(), Start, 0);
        foreach (var (verb, stale, pick) in history)
        {
            now += TimeSpan.FromSeconds(7);
            var before = Picture(job);
            var closed = job.Phase == Phase.closed;
            var acted = Act(job, verb, stale ? job.Attempt - 1 : job.Attempt, pick, now);
            Check(job, before, stale && verb is 2 or 3 or 4 or 5 or 15 or 18, acted);
            if (closed && verb != 9)
            {
                Assert.That(Picture(job), Is.EqualTo(before), $"verb {verb} changed an ended job");
            }

            ends = verb == 9 && acted ? 0 : ends + (job.TellEnd() ? 1 : 0);
            Assert.That(ends, Is.LessThanOrEqualTo(1), "an end is told once");
        }
    }, iter: 3000);

    [Test]
    public void Backoff_is_bounded_grows_and_jitters() => Gen.Select(Gen.Int[0, 500], Gen.Int[1, 600], Gen.Int[1, 100]).Sample((retry, first, factor) =>
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds((long)first * factor));
        var waits = Enumerable.Range(0, 20).Select(_ => backoff.After(retry)).ToList();
        Assert.That(backoff.Ceiling(retry), Is.LessThanOrEqualTo(TimeSpan.FromSeconds((long)first * factor)).And.LessThanOrEqualTo(backoff.Ceiling(retry + 1)));
        Assert.That(waits, Has.All.InRange(TimeSpan.Zero, backoff.Ceiling(retry)));
        Assert.That(waits.Distinct().Count(), Is.GreaterThan(1));
    }, iter: 1000);

    private static AutomationJob Opened() => AutomationJob.Open(new JobOrder(2, 1, "acme") { MaxRetries = 3 }, Start);

    /// <summary>As the callers do, with their guards. True when the verb took effect.</summary>
    private static bool Act(AutomationJob job, int verb, int attempt, int pick, DateTimeOffset now)
    {
        switch (verb)
        {
            case 0 when job.Phase == Phase.reading:
                job.Queue("portal.example.com:443", null, now);
                return true;
            case 1 when job.Phase is Phase.queued or Phase.awaiting_files:
                job.Dispatch(new DateOnly(2026, 3, 1), now);
                return true;
            case 1:
                Assert.Throws<InvalidOperationException>(() => job.Dispatch(new DateOnly(2026, 3, 1), now));
                return false;
            case 2:
                return job.TakeLease(attempt, "w", "s", now) is not null;
            case 3:
                return job.Heartbeat(attempt, "w", pick % 2 == 0, now) is not null;
            case 4:
                return job.RecordEmission(attempt, "https://portal.example.com", "EKU9003173C9", now);
            case 5 when job.IsCurrent(attempt):
                Finish(job, attempt, AllOutcomes[pick], now);
                return true;
            case 6:
                return job.Complete(now);
            case 7:
                return job.Refuse(attempt, "total_distinto", "El total no coincide.", Retries, now);
            case 8:
                return job.Cancel(now);
            case 9:
                return job.Retry(now);
            case 10:
                return job.Pause();
            case 11:
                return job.Resume();
            case 12 when job.HasWorker || job.Phase == Phase.stopping:
                job.LoseLease(now);
                return true;
            case 13:
                return job.Wait(attempt, "Escriba lo que ve.");
            case 14 when job.Phase == Phase.waiting:
                job.GoOn();
                return true;
            case 15:
                return job.Return(attempt, "w", now);
            case 16 when job.Phase is Phase.running or Phase.waiting:
                job.Overrun(Retries, now);
                return true;
            case 17 when job.Phase is Phase.reading or Phase.queued or Phase.asking:
                job.TimeOut(Outcomes.ResultadoIncierto, "Tardó demasiado.", now);
                return true;
            case 18:
                return job.Step(attempt, pick + 1, "navegando") is not null;
            default:
                return false;
        }
    }

    private static void Finish(AutomationJob job, int attempt, string outcome, DateTimeOffset now)
    {
        var files = outcome is Outcomes.Entregada or Outcomes.YaFacturadaRecuperada ? new[] { new DeliveredFile("cfdi_xml", FakeWorker.Xml) } : [];
        var end = new AttemptFinished(job.Id, attempt, job.CompanyId, outcome, "Detalle.", null, null, null, null, "EKU9003173C9", false, files,
            new AttemptUsage(1, 1, 0, 0, 0, 0, null, 0), now);
        switch (job.Finish(end, Retries, null, TimeSpan.FromDays(5), now))
        {
            case Next.Verify:
                job.Verify(new VerifyCfdi(job.Id, attempt, job.TicketId, job.CompanyId, "EKU9003173C9", files, now), outcome);
                break;
            case Next.AskPerson:
                job.Ask("¿Qué dice?");
                break;
        }
    }

    private static void Check(AutomationJob job, JobPicture before, bool stale, bool acted)
    {
        Assert.That(Allowed(job), Is.True, $"{job.Phase} {job.Estado} {job.AutomationStatus}");
        Assert.That(job.Attempt, Is.InRange(before.Attempt, before.Attempt + 1));
        Assert.That(job.RetryCount, Is.InRange(0, job.MaxRetries));
        Assert.That(job.ProgressPercentage, Is.InRange(0, 100));
        Assert.That(before.EmittedAt is null || job.EmittedAt == before.EmittedAt, Is.True, "an emission is never forgotten");
        Assert.That(!job.Succeeded || job.Phase == Phase.closed, Is.True);
        if (stale && !acted)
        {
            Assert.That(Picture(job), Is.EqualTo(before), "a stale word changes nothing");
        }
    }

    /// <summary>The contract's table of states (http-api.md section 3).</summary>
    private static bool Allowed(AutomationJob job) => (job.Phase, job.Estado, job.AutomationStatus) switch
    {
        (Phase.reading or Phase.queued, Estado.pendiente, Status.EnCola) => true,
        (Phase.dispatched or Phase.running, Estado.en_progreso, var status) => Status.OfWorker.ContainsKey(status),
        (Phase.waiting or Phase.asking, Estado.pausado, Status.RequiereIntervencion) => true,
        (Phase.verifying or Phase.awaiting_files, Estado.en_progreso, Status.DescargaPendiente) => true,
        (Phase.paused, Estado.pausado, Status.EnCola) => true,
        (Phase.stopping, Estado.cancelado, Status.Cancelado) => true,
        (Phase.closed, Estado.completado, Status.Completado) => job.Outcome is Outcomes.Entregada or Outcomes.YaFacturadaRecuperada,
        (Phase.closed, Estado.fallido, Status.Fallido or Status.Timeout) => job.Outcome is not null,
        (Phase.closed, Estado.cancelado, Status.Cancelado) => true,
        _ => false,
    };

    private static JobPicture Picture(AutomationJob j) => new(
        j.Phase, j.Estado, j.AutomationStatus, j.Attempt, j.EmittedAt, j.Outcome, j.Steps, j.RetryCount, j.NextAttemptAt, j.LeaseUntil, j.CompletedAt);

    private sealed record JobPicture(
        Phase Phase, Estado Estado, string Status, int Attempt, DateTimeOffset? EmittedAt, string? Outcome, int Steps, int RetryCount, DateTimeOffset NextAttemptAt,
        DateTimeOffset? LeaseUntil, DateTimeOffset? CompletedAt);
}
