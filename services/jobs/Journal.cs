using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Tells the world of a visible change, in the same save: an event for the streams, webhooks, and JobProgressed, or JobClosed once at the end.</summary>
public static class Journal
{
    /// <summary>Call once after the verbs, with the job's row locked; the caller saves.</summary>
    public static async Task RecordAsync(this JobsDb db, AutomationJob job, DateTimeOffset now, CancellationToken ct, JobStep? step = null)
    {
        var seq = job.NextEvent(now);
        db.Add(Event(job, seq, step, now));
        db.Tell(job);
        if (job.TellQuestion())
        {
            db.AnnounceQuestion(job, now);
        }

        if (!await db.TellEndAsync(job, seq, now, ct))
        {
            db.Publish(Progress(job, seq, now), now);
        }
    }

    /// <summary>For a job that opens in the state its ticket was sent with: only the stream has something to tell.</summary>
    public static JobEvent Opening(AutomationJob job, DateTimeOffset now) => Event(job, job.NextEvent(now), null, now);

    /// <summary>For a cancelled job whose end was visible before its worker's last word.</summary>
    public static Task TellEndAsync(this JobsDb db, AutomationJob job, DateTimeOffset now, CancellationToken ct)
    {
        db.Tell(job);
        return db.TellEndAsync(job, job.EventSeq, now, ct);
    }

    /// <summary>Once the change is committed.</summary>
    private static void Tell(this JobsDb db, AutomationJob job)
    {
        if (db.ApplicationService<JobNotices>() is { } notices)
        {
            db.AfterCommitted(("job", job.Id), () => notices.Tell(new(job.Id, job.Phase is not (Phase.reading or Phase.dispatched or Phase.running))));
        }
    }

    /// <returns>False when this is not the job's end, or it was told before.</returns>
    private static async Task<bool> TellEndAsync(this JobsDb db, AutomationJob job, long seq, DateTimeOffset now, CancellationToken ct)
    {
        if (!job.TellEnd())
        {
            return false;
        }

        var reading = (await db.Tickets.FindAsync([job.TicketId], ct))?.Reading;
        db.Publish(Closed(job, reading?.Usage, seq, now), now);
        Measures.Closed(job, now);
        db.AnnounceEnd(job, now);
        if (job.LeavesQuestion)
        {
            await db.WithdrawQuestionsAsync(job, now, ct);
        }

        if (job.BatchKey is { } key && (db.Batches.Local.FirstOrDefault(b => b.Id == key) ?? await db.LockBatchAsync(key, ct)) is { } batch)
        {
            if (batch.JobEnded(job.Succeeded, now))
            {
                db.AnnounceEnd(batch, now);
            }
        }

        return true;
    }

    /// <summary>Nobody needs to answer any more.</summary>
    public static Task WithdrawQuestionsAsync(this JobsDb db, AutomationJob job, DateTimeOffset now, CancellationToken ct) => db.WithdrawQuestionsAsync([job], now, ct);

    /// <inheritdoc cref="WithdrawQuestionsAsync(JobsDb, AutomationJob, DateTimeOffset, CancellationToken)"/>
    public static async Task WithdrawQuestionsAsync(this JobsDb db, IReadOnlyList<AutomationJob> jobs, DateTimeOffset now, CancellationToken ct)
    {
        var ids = jobs.Select(j => j.Id).ToList();
        foreach (var asked in await db.Interventions.Where(i => ids.Contains(i.JobId) && i.Status == InterventionStatus.open).ToListAsync(ct))
        {
            asked.Withdraw(now);
        }

        foreach (var job in jobs)
        {
            job.WithdrawQuestions();
        }
    }

    private static JobProgressed Progress(AutomationJob job, long seq, DateTimeOffset now) => new(
        job.Id, job.TicketId, job.CompanyId, job.AutomationStatus, job.Estado.ToString(), job.Outcome, job.OutcomeDetail, job.RetryCount,
        job.ProgressPercentage, seq, now, job.Priority.ToString());

    private static JobClosed Closed(AutomationJob job, ReadingUsage? reading, long seq, DateTimeOffset now) => new(
        job.Id, job.TicketId, job.CompanyId, job.AutomationStatus, job.Estado.ToString(), job.Outcome, job.OutcomeDetail, job.MerchantName, job.BatchId,
        reading is null ? job.Usage : WithReading(job.Usage, reading),
        job.StartedAt ?? job.CreatedAt, job.CompletedAt ?? now, seq, job.RetryCount, job.ProgressPercentage);

    private static JobUsage WithReading(JobUsage used, ReadingUsage reading) => used with
    {
        OcrSeconds = reading.Seconds, OcrPages = reading.OcrPages, StoredBytes = used.StoredBytes + reading.StoredBytes, Model = used.Model ?? reading.Model,
        ModelInputTokens = used.ModelInputTokens + reading.ModelInputTokens, ModelOutputTokens = used.ModelOutputTokens + reading.ModelOutputTokens,
    };

    private static JobEvent Event(AutomationJob job, long seq, JobStep? step, DateTimeOffset now) => new()
    {
        JobId = job.Id, Seq = seq, CompanyId = job.CompanyId, Terminal = !job.IsOpen, Data = Data(job, step), CreatedAt = now,
    };

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
