namespace Invoicing.Jobs;

/// <summary>A visible change of a job as its stream tells it: the Job and the step that was added, as JSON, numbered without gaps.</summary>
public sealed class JobEvent
{
    public required long JobId { get; init; }
    public required long Seq { get; init; }
    public required string CompanyId { get; init; }

    /// <summary>The job had ended with this event.</summary>
    public required bool Terminal { get; init; }
    public required string Data { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
