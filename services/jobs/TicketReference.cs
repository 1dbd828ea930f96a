using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>What jobs keep of a ticket, so that no job is an orphan and an attempt can be put together without asking anybody.</summary>
public sealed class TicketReference
{
    public required long Id { get; init; }
    public required string CompanyId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null when the reading arrived first.</summary>
    public TicketSubmitted? Submission { get; private set; }
    public TicketRead? Reading { get; private set; }

    public void Submit(TicketSubmitted submission) => Submission ??= submission;

    /// <summary>False for a reading older than the one known.</summary>
    public bool Read(TicketRead reading)
    {
        if (Reading is not null && reading.Revision <= Reading.Revision)
        {
            return false;
        }

        Reading = reading with { Usage = reading.Usage.After(Reading?.Usage) };
        return true;
    }
}
