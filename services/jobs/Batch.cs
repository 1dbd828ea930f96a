namespace Invoicing.Jobs;

/// <summary>Jobs sent together (table automation_batches): processing → completed | failed | cancelled. Counts change under the row's lock.</summary>
public sealed class Batch
{
    public long Id { get; private set; }
    public required string BatchId { get; init; }
    public required string CompanyId { get; init; }
    public required int TotalJobs { get; init; }
    public int CompletedJobs { get; private set; }

    /// <summary>Cancelled jobs are counted here too.</summary>
    public int FailedJobs { get; private set; }
    public BatchStatus Status { get; private set; }
    public required int MaxConcurrent { get; init; }
    public string? NotificationWebhook { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    public void Started(DateTimeOffset now) => Settle(now);

    /// <returns>True when this was the last one.</returns>
    public bool JobEnded(bool succeeded, DateTimeOffset now)
    {
        (CompletedJobs, FailedJobs) = succeeded ? (CompletedJobs + 1, FailedJobs) : (CompletedJobs, FailedJobs + 1);
        return Settle(now);
    }

    /// <summary>A failed job of the batch starts over.</summary>
    public void JobReopened(DateTimeOffset now)
    {
        FailedJobs--;
        Settle(now);
    }

    public void Cancel(DateTimeOffset now) => (Status, UpdatedAt) = (BatchStatus.cancelled, now);

    private bool Settle(DateTimeOffset now)
    {
        UpdatedAt = now;
        var done = CompletedJobs + FailedJobs >= TotalJobs;
        if (Status != BatchStatus.cancelled)
        {
            Status = !done ? BatchStatus.processing : CompletedJobs > 0 || TotalJobs == 0 ? BatchStatus.completed : BatchStatus.failed;
        }

        return done;
    }
}

public enum BatchStatus
{
    processing,
    completed,
    failed,
    cancelled,
}
