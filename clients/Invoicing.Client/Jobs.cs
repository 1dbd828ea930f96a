using System.Text.Json;

namespace Invoicing.Client;

/// <summary>Automation jobs: one a ticket at work on a merchant's portal.</summary>
public sealed class Jobs
{
    private readonly Transport api;

    internal Jobs(Transport api) => this.api = api;

    public Task<Job> GetAsync(long id, CancellationToken ct = default) => api.GetAsync<Job>($"/invoicing/v2/jobs/{id}", ct);

    /// <summary>Newest first, all pages.</summary>
    /// <param name="status">automation_status words, comma separated.</param>
    public IAsyncEnumerable<Job> ListAsync(string? status = null, string? batchId = null, long? ticketId = null, int pageSize = 100, CancellationToken ct = default) =>
        api.ListAsync<Job>(Query.Of("/invoicing/v2/jobs", ("status", status), ("batch_id", batchId), ("ticket_id", ticketId), ("limit", pageSize)), ct);

    /// <summary>
    /// The job's events, from the one after <paramref name="after"/> to its end, live: each once and in order, over broken connections and restarts of the server.
    /// While no stream can be opened they are asked for every 5 seconds.
    /// </summary>
    public IAsyncEnumerable<JobEvent> FollowAsync(long id, long after = 0, CancellationToken ct = default) =>
        new JobStream(api, TimeProvider.System, id, after).FollowAsync(ct);

    public Task<IReadOnlyList<JobStep>> StepsAsync(long id, CancellationToken ct = default) => api.GetAsync<IReadOnlyList<JobStep>>($"/invoicing/v2/jobs/{id}/steps", ct);

    public Task<JobCommand> CancelAsync(long id, CancellationToken ct = default) => CommandAsync(id, "cancel", ct);

    public Task<JobCommand> PauseAsync(long id, CancellationToken ct = default) => CommandAsync(id, "pause", ct);

    public Task<JobCommand> ResumeAsync(long id, CancellationToken ct = default) => CommandAsync(id, "resume", ct);

    public Task<JobCommand> RetryAsync(long id, CancellationToken ct = default) => CommandAsync(id, "retry", ct);

    private Task<JobCommand> CommandAsync(long id, string verb, CancellationToken ct) => api.PostAsync<JobCommand>($"/invoicing/v2/jobs/{id}/{verb}", null, ct);
}

public sealed record JobCommand(string Status, long JobId);

public record Job
{
    public required long Id { get; init; }

    public required long TicketId { get; init; }

    public required string CompanyId { get; init; }

    public string? MerchantName { get; init; }

    public string? BatchId { get; init; }

    /// <summary>The automation_status: pendiente, en_cola, procesando, … completado, fallido, timeout, cancelado.</summary>
    public required string Status { get; init; }

    /// <summary>pendiente, en_progreso, completado, fallido, cancelado, pausado</summary>
    public required string Estado { get; init; }

    public required string Priority { get; init; }

    public int ProgressPercentage { get; init; }

    public bool RequiresIntervention { get; init; }

    public string? InterventionInstructions { get; init; }

    public string? HumanExplanation { get; init; }

    public string? Outcome { get; init; }

    public string? OutcomeDetail { get; init; }

    public int RetryCount { get; init; }

    public int MaxRetries { get; init; }

    public long? TotalTimeMs { get; init; }

    /// <summary>USD under ocr, browser, captcha, model, storage, total; empty for callers that may not see costs.</summary>
    public IReadOnlyDictionary<string, decimal> CostBreakdown { get; init; } = new Dictionary<string, decimal>();

    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Nothing more will happen unless somebody retries it.</summary>
    public bool IsOver => Status is "completado" or "fallido" or "timeout" or "cancelado";
}

/// <summary>A job as it was at an event, with the step that the event added.</summary>
public sealed record JobAtEvent : Job
{
    public JobStep? Step { get; init; }
}

/// <param name="Id">The event's place in the job's history, from 1 without gaps.</param>
/// <param name="Name">progress, or complete as the last.</param>
public sealed record JobEvent(long Id, string Name, JobAtEvent Job);

public sealed record JobStep(int StepNumber, string ActionType, string Description, string? Url, string Result, long TimingMs, string? ScreenshotUrl, string? ErrorMessage, string? LlmReasoning, DateTimeOffset CreatedAt);
