using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>The ends of attempts: files go to verification, a transient failure goes back to the queue, a person is asked, or the job ends.</summary>
public sealed class Closing(JobsDb db, Admission admission, Patience patience, TimeProvider time)
{
    /// <returns>For each whether its attempt was still the current one; else nothing came of it.</returns>
    public async Task<IReadOnlyList<bool>> TakeAsync(IReadOnlyList<AttemptFinished> ends, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var jobs = (await db.LockJobsAsync([.. ends.Select(e => e.JobId).Distinct()], ct)).ToDictionary(j => j.Id);
        var taken = new List<bool>();
        var first = ends.Where(e => IsCurrent(jobs, e)).ToList();
        await PrepareAsync(jobs, first, now, ct);
        foreach (var end in ends)
        {
            taken.Add(IsCurrent(jobs, end));
            await (taken[^1] ? CloseAsync(jobs[end.JobId], end, now, ct) : Task.CompletedTask);
        }

        return taken;
    }

    private static bool IsCurrent(Dictionary<long, AutomationJob> jobs, AttemptFinished end) =>
        jobs.TryGetValue(end.JobId, out var job) && job.CompanyId == end.CompanyId && job.IsCurrent(end.Attempt);

    /// <summary>Everything they need, in one trip each: tickets, the portals' and batches' rows locked, open questions withdrawn.</summary>
    private async Task PrepareAsync(Dictionary<long, AutomationJob> jobs, IReadOnlyList<AttemptFinished> ends, DateTimeOffset now, CancellationToken ct)
    {
        var ending = ends.Select(e => jobs[e.JobId]).Distinct().ToList();
        if (ending.Count == 0)
        {
            return;
        }

        await db.WithdrawQuestionsAsync(ending, now, ct);
        await db.MeetPortalsAsync([.. ends.Where(WasThere).Select(e => jobs[e.JobId].PortalHost).OfType<string>().Distinct()], ct);
        var tickets = ending.Select(j => j.TicketId).ToList();
        await db.Tickets.Where(t => tickets.Contains(t.Id)).LoadAsync(ct);
        await db.LockBatchesAsync([.. ending.Select(j => j.BatchKey).OfType<long>().Distinct()], ct);
    }

    private async Task CloseAsync(AutomationJob job, AttemptFinished m, DateTimeOffset now, CancellationToken ct)
    {
        using var span = Telemetry.Continue("attempt closed", job.TraceParent);
        var cancelled = job.Phase == Phase.stopping;
        Meet(job, m, now);
        db.AddRange(m.Files.Select(f => JobFile.Of(job, f, now)));
        var ticket = await db.Tickets.FindAsync([job.TicketId], ct);
        var next = job.Finish(m, new Backoff(patience.FirstRetry, patience.LastRetry), ticket?.Reading?.AvailableFrom, patience.Files, now);
        Carry(next, job, m, now);
        await (cancelled ? db.TellEndAsync(job, now, ct) : db.RecordAsync(job, now, ct));
    }

    private void Carry(Next next, AutomationJob job, AttemptFinished m, DateTimeOffset now)
    {
        if (next == Next.Verify)
        {
            var verify = new VerifyCfdi(job.Id, job.Attempt, job.TicketId, job.CompanyId, m.Receptor ?? job.EmissionReceptor ?? "", m.Files, now);
            job.Verify(verify, m.Outcome);
            db.Publish(verify, now);
        }
        else if (next == Next.AskPerson)
        {
            var (kind, field) = m switch
            {
                { Field: { Length: > 0 } named } => ("dato", named),
                { Outcome: Outcomes.PortalNoReconocido } => ("dato", PortalAddresses.Field),
                { ErrorType: { } error } when error.Contains("login", StringComparison.OrdinalIgnoreCase) => ("login", null),
                _ => ("confirmacion", (string?)null),
            };
            var prompt = m.Outcome != Outcomes.EmitidaPendienteArchivos ? m.Detail
                : $"La factura se emitió el {job.EmittedAt:dd/MM/yyyy} y sus archivos no llegan. Pídalos al comercio y adjúntelos al ticket, o apruebe para que se sigan buscando. {m.Detail}";
            admission.Ask(job, kind, prompt, field, now);
        }
    }

    private static bool WasThere(AttemptFinished end) => end.ErrorType != "drain";

    private void Meet(AutomationJob job, AttemptFinished m, DateTimeOffset now)
    {
        if (!WasThere(m) || job.PortalHost is not { } host)
        {
            return;
        }

        Measures.Ended(host, m.Outcome);
        var portal = db.Portals.Local.Single(p => p.Host == host);
        if (m.Outcome == Outcomes.PortalCaido)
        {
            portal.Fell(now);
        }
        else
        {
            portal.Answered(now);
        }
    }
}
