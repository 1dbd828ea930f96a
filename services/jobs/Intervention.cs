namespace Invoicing.Jobs;

/// <summary>A question to a person: open → answered | expired | cancelled.</summary>
public sealed class Intervention
{
    public required string Id { get; init; }
    public required long JobId { get; init; }
    public required long TicketId { get; init; }
    public required string CompanyId { get; init; }

    /// <summary>The attempt whose page waits; null when none does and an answer starts a new attempt.</summary>
    public int? Attempt { get; init; }

    /// <summary>captcha, login, dato or confirmacion.</summary>
    public required string Kind { get; init; }
    public required string Prompt { get; init; }

    /// <summary>What a dato asks for: portal_url, fiscal_profile_id or a ticket field.</summary>
    public string? Field { get; init; }
    public Screenshot? Image { get; init; }
    public long? ImageId { get; private set; }
    public Screenshot? Page { get; init; }
    public long? PageId { get; private set; }
    public IReadOnlyList<string> Options { get; init; } = [];
    public InterventionStatus Status { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public string? AnsweredBy { get; private set; }

    /// <summary>answer, approve or reject. The value itself is not kept here: it may be a secret.</summary>
    public string? Action { get; private set; }

    public static Intervention For(AutomationJob job, string kind, string prompt, string? field, TimeSpan patience, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"), JobId = job.Id, TicketId = job.TicketId, CompanyId = job.CompanyId, Kind = kind, Prompt = prompt,
        Field = field, CreatedAt = now, ExpiresAt = now + patience,
    };

    public bool IsExpired(DateTimeOffset now) => Status == InterventionStatus.expired || Status == InterventionStatus.open && ExpiresAt <= now;

    public void Answer(string action, string who, DateTimeOffset now)
    {
        if (Status != InterventionStatus.open || IsExpired(now))
        {
            throw new InvalidOperationException($"Intervention {Id} is {Status}");
        }

        (Status, Action, AnsweredBy, AnsweredAt) = (InterventionStatus.answered, action, who, now);
    }

    /// <summary>The job went on without the answer.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        if (Status == InterventionStatus.open)
        {
            Status = ExpiresAt <= now ? InterventionStatus.expired : InterventionStatus.cancelled;
        }
    }
}

public enum InterventionStatus
{
    open,
    answered,
    expired,
    cancelled,
}
