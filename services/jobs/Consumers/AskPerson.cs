using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Consumers;

/// <summary>InterventionAsked: the job waits for a person, with the page open at the worker.</summary>
public sealed class AskPerson(JobsDb db, TimeProvider time) : IConsumer<InterventionAsked>
{
    public async Task Consume(ConsumeContext<InterventionAsked> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        if (await db.LockJobAsync(m.JobId, ct) is not { } job || await db.Interventions.AnyAsync(i => i.Id == m.InterventionId, ct)
            || !job.Wait(m.Attempt, m.Prompt))
        {
            return;
        }

        db.Add(new Intervention
        {
            Id = m.InterventionId, JobId = job.Id, TicketId = job.TicketId, CompanyId = job.CompanyId, Attempt = m.Attempt, Kind = m.Kind,
            Prompt = m.Prompt, Field = m.Field, Options = m.Options, CreatedAt = m.At, ExpiresAt = m.ExpiresAt,
            Image = m.Image is { } image ? Screenshot.Of(job, image, "ask", m.Kind == "captcha" ? "captcha" : "manual", null, m.At) : null,
            Page = m.Screenshot is { } page ? Screenshot.Of(job, page, "ask", "manual", null, m.At) : null,
        });
        await db.RecordAsync(job, now, ct);
        await db.SaveChangesAsync(ct);
    }
}
