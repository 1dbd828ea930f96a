using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Consumers;

/// <summary>AttemptFinished: files go to verification, a transient failure goes back to the queue, a person is asked, or the job ends.</summary>
public sealed class CloseAttempt(JobsDb db, Admission admission, Patience patience, TimeProvider time, ILogger<CloseAttempt> log) : IConsumer<AttemptFinished>
{
    public async Task Consume(ConsumeContext<AttemptFinished> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        if (await db.LockJobAsync(m.JobId, ct) is not { } job || job.CompanyId != m.CompanyId || !job.IsCurrent(m.Attempt))
        {
            log.LogInformation("Job {Job} attempt {Attempt} is stale: {Outcome} ignored", m.JobId, m.Attempt, m.Outcome);
            return;
        }

        var cancelled = job.Phase == Phase.stopping;
        await db.WithdrawQuestionsAsync(job, now, ct);
        await MeetAsync(job, m, now, ct);
        db.AddRange(m.Files.Select(f => JobFile.Of(job, f, now)));
        var ticket = await db.Tickets.FindAsync([job.TicketId], ct);
        var next = job.Finish(m, new Backoff(patience.FirstRetry, patience.LastRetry), ticket?.Reading?.AvailableFrom, patience.Files, now);
        Carry(next, job, m, now);
        await (cancelled ? db.TellEndAsync(job, now, ct) : db.RecordAsync(job, now, ct));
        await db.SaveChangesAsync(ct);
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

    private async Task MeetAsync(AutomationJob job, AttemptFinished m, DateTimeOffset now, CancellationToken ct)
    {
        if (job.PortalHost is not { } host || m.ErrorType == "drain")
        {
            return;
        }

        Measures.Ended(host, m.Outcome);
        var portal = await db.MeetPortalAsync(host, ct);
        if (m.Outcome == Outcomes.PortalCaido)
        {
            portal.Fell(now);
            return;
        }

        portal.Answered(now);
    }
}
