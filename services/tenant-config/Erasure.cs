using Invoicing.Messages;

namespace Invoicing.Tenants;

/// <summary>A company's wish that nothing from before it is kept. Running -> Completed, when every service that keeps something has deleted it.</summary>
public sealed class Erasure
{
    /// <summary>The audit log's word for it.</summary>
    public const string Requested = "erasure.requested";

    public required Guid Id { get; init; }
    public required string CompanyId { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public long Tickets { get; private set; }
    public long Jobs { get; private set; }
    public long Files { get; private set; }
    public DateTimeOffset? TicketsDoneAt { get; private set; }
    public DateTimeOffset? JobsDoneAt { get; private set; }

    public void Count(TicketsForgotten told)
    {
        (Tickets, Files) = (Tickets + told.Tickets, Files + told.Files);
        TicketsDoneAt ??= told.More ? null : told.At;
    }

    public void Count(JobsForgotten told)
    {
        (Jobs, Files) = (Jobs + told.Jobs, Files + told.Files);
        JobsDoneAt ??= told.More ? null : told.At;
    }
}

/// <summary>When a company's retention time was last applied.</summary>
public sealed class RetentionSweep
{
    public required string CompanyId { get; init; }
    public DateTimeOffset SweptAt { get; private set; }
}
