namespace Invoicing.Jobs;

/// <summary>Jobs sent together (table automation_batches): processing → completed | failed | cancelled. Counts change under the row's lock.</summary>
public sealed class Batch
{
    public long Id { get; private set; }
    public required string BatchId { get; init; }
    public required string CompanyId { get; init; }
    public int TotalJobs { get; private set; }
    public int CompletedJobs { get; private set; }

    /// <summary>Cancelled jobs are counted here too.</summary>
    public int FailedJobs { get; private set; }
    public BatchStatus Status { get; private set; }
    public required int MaxConcurrent { get; init; }
    public string? NotificationWebhook { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Fingerprint of the request whose items are being taken in; null once all are. Until then nothing is concluded from counts.</summary>
    public string? Accepting { get; private set; }

    /// <summary>Items come in several commits; whoever repeats the request after a crash goes on where it stopped.</summary>
    public void Begin(string fingerprint, DateTimeOffset now) => (Accepting, UpdatedAt) = (fingerprint, now);

    /// <returns>True when nothing is left to run.</returns>
    public bool Accept(int jobs, DateTimeOffset now)
    {
        (TotalJobs, Accepting) = (jobs, null);
        return Settle(now);
    }

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
        Status = BatchStatus.processing;
        Settle(now);
    }

    public void Cancel(DateTimeOffset now) => (Status, UpdatedAt) = (BatchStatus.cancelled, now);

    private bool Settle(DateTimeOffset now)
    {
        UpdatedAt = now;
        var done = Accepting is null && CompletedJobs + FailedJobs >= TotalJobs;
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
