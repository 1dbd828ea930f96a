namespace Invoicing.Jobs;

/// <summary>A message that no consumer could take in: open → replayed | discarded; open again when a replay fails too.</summary>
public sealed class DeadLetter
{
    public required string Id { get; init; }

    /// <summary>The queue whose consumer failed; where a replay goes.</summary>
    public required string Queue { get; init; }
    public required string MessageId { get; init; }
    public string MessageType { get; private set; } = "";
    public string Reason { get; private set; } = "";
    public int Attempts { get; private set; }
    public string? CompanyId { get; private set; }
    public long? JobId { get; private set; }
    public required DateTimeOffset FirstAt { get; init; }
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>The bytes as they were sent, for the replay; emptied when nobody needs them any more.</summary>
    public byte[] Body { get; private set; } = [];
    public string? ContentType { get; private set; }
    public DeadLetterStatus Status { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public string? ResolvedBy { get; private set; }

    public void Fell(FallenMessage message, DateTimeOffset now)
    {
        (MessageType, Reason, CompanyId, JobId) = (message.MessageType, message.Reason, message.CompanyId, message.JobId);
        (Body, ContentType, LastAt, Attempts) = (message.Body, message.ContentType, now, Attempts + Math.Max(1, message.Deliveries));
        (Status, ResolvedAt, ResolvedBy) = (DeadLetterStatus.open, null, null);
    }

    /// <summary>False when it was discarded: its text is gone.</summary>
    public bool Replay(string who, DateTimeOffset now)
    {
        if (Status == DeadLetterStatus.open)
        {
            (Status, ResolvedAt, ResolvedBy) = (DeadLetterStatus.replayed, now, who);
        }

        return Status == DeadLetterStatus.replayed;
    }

    /// <summary>False when it was replayed already.</summary>
    public bool Discard(string who, DateTimeOffset now)
    {
        if (Status == DeadLetterStatus.open)
        {
            (Status, ResolvedAt, ResolvedBy, Body) = (DeadLetterStatus.discarded, now, who, []);
        }

        return Status == DeadLetterStatus.discarded;
    }
}

/// <summary>What the broker tells of a message it could not get rid of.</summary>
/// <param name="Deliveries">How often it was delivered this time.</param>
public sealed record FallenMessage(
    string Queue, string MessageId, string MessageType, string Reason, int Deliveries, string? CompanyId, long? JobId, byte[] Body, string? ContentType);

public enum DeadLetterStatus
{
    open,
    replayed,
    discarded,
}
