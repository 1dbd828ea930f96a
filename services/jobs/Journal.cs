using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Tells the world of a visible change, in the same save: an event for the streams, JobProgressed, webhooks, and JobClosed once at the end.</summary>
public static class Journal
{
    /// <summary>Call once after the verbs, with the job's row locked; the caller saves.</summary>
    public static async Task RecordAsync(this JobsDb db, AutomationJob job, DateTimeOffset now, CancellationToken ct, JobStep? step = null)
    {
        var seq = job.NextEvent(now);
        db.Add(new JobEvent { JobId = job.Id, Seq = seq, CompanyId = job.CompanyId, Terminal = !job.IsOpen, Data = Data(job, step), CreatedAt = now });
        db.Publish(Progress(job, seq, now), now);
        if (job.TellQuestion())
        {
            db.AnnounceQuestion(job, now);
        }

        await db.TellEndAsync(job, seq, now, ct);
    }

    /// <summary>A job that opens in the state its ticket was sent with: only the stream has something to tell.</summary>
    public static void RecordOpening(this JobsDb db, AutomationJob job, DateTimeOffset now) => db.Add(new JobEvent
    {
        JobId = job.Id, Seq = job.NextEvent(now), CompanyId = job.CompanyId, Terminal = false, Data = Data(job, null), CreatedAt = now,
    });

    /// <summary>For a cancelled job whose end was visible before its worker's last word.</summary>
    public static Task TellEndAsync(this JobsDb db, AutomationJob job, DateTimeOffset now, CancellationToken ct) =>
        db.TellEndAsync(job, job.EventSeq, now, ct);

    private static async Task TellEndAsync(this JobsDb db, AutomationJob job, long seq, DateTimeOffset now, CancellationToken ct)
    {
        if (!job.TellEnd())
        {
            return;
        }

        var reading = (await db.Tickets.FindAsync([job.TicketId], ct))?.Reading;
        db.Publish(Closed(job, reading?.Usage, seq, now), now);
        Measures.Closed(job);
        db.AnnounceEnd(job, now);
        foreach (var asked in await db.Interventions.Where(i => i.JobId == job.Id && i.Status == InterventionStatus.open).ToListAsync(ct))
        {
            asked.Withdraw(now);
        }

        if (job.BatchKey is { } key && (db.Batches.Local.FirstOrDefault(b => b.Id == key) ?? await db.LockBatchAsync(key, ct)) is { } batch)
        {
            if (batch.JobEnded(job.Succeeded, now))
            {
                db.AnnounceEnd(batch, now);
            }
        }
    }

    private static JobProgressed Progress(AutomationJob job, long seq, DateTimeOffset now) => new(
        job.Id, job.TicketId, job.CompanyId, job.AutomationStatus, job.Estado.ToString(), job.Outcome, job.OutcomeDetail, job.RetryCount,
        job.ProgressPercentage, seq, now, job.Priority.ToString());

    private static JobClosed Closed(AutomationJob job, ReadingUsage? reading, long seq, DateTimeOffset now) => new(
        job.Id, job.TicketId, job.CompanyId, job.AutomationStatus, job.Estado.ToString(), job.Outcome, job.OutcomeDetail, job.MerchantName, job.BatchId,
        job.Usage with { OcrSeconds = reading?.Seconds ?? 0, StoredBytes = job.Usage.StoredBytes + (reading?.StoredBytes ?? 0) },
        job.StartedAt ?? job.CreatedAt, job.CompletedAt ?? now, seq);

    private static string Data(AutomationJob job, JobStep? step)
    {
        if (step is null)
        {
            return JsonSerializer.Serialize(JobView.Of(job), Json.Options);
        }

        var data = JsonSerializer.SerializeToNode(JobView.Of(job), Json.Options)!.AsObject();
        data["step"] = JsonSerializer.SerializeToNode(StepView.Of(step), Json.Options);
        return data.ToJsonString(Json.Options);
    }
}
