using System.Text.Json;

namespace Invoicing.Jobs;

/// <summary>The contract's Job (http-api.md section 3).</summary>
public record JobView(
    long Id, long TicketId, long? MerchantId, string? MerchantName, string? BatchId, string SessionId, string Status, string Estado, string Priority,
    int ProgressPercentage, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, long? TotalTimeMs, int RetryCount, int MaxRetries, bool Success,
    string? FinalUrl, IReadOnlyList<string> DownloadedFiles, string? ErrorType, string? ErrorMessage, string? HumanExplanation,
    bool RequiresIntervention, string? InterventionInstructions, IReadOnlyDictionary<string, string> ServicesUsed,
    IReadOnlyDictionary<string, decimal> CostBreakdown, JsonElement Config, string? Outcome, string? OutcomeDetail, DateTimeOffset? ScheduledAt,
    DateTimeOffset? NextAttemptAt, string CompanyId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static JobView Of(AutomationJob j) => new(
        j.Id, j.TicketId, j.MerchantId, j.MerchantName, j.BatchId, j.SessionId, j.AutomationStatus, j.Estado.ToString(), j.Priority.ToString(),
        j.ProgressPercentage, j.StartedAt, j.CompletedAt, TotalTime(j), j.RetryCount, j.MaxRetries, j.Succeeded, j.FinalUrl, j.DownloadedFiles,
        j.ErrorType, j.ErrorMessage, j.HumanExplanation, j.AutomationStatus == Jobs.Status.RequiereIntervencion, j.InterventionInstructions,
        j.ServicesUsed, j.CostBreakdown, JsonSerializer.Deserialize<JsonElement>(j.Config), j.Outcome, j.OutcomeDetail, j.ScheduledAt,
        NextAttempt(j), j.CompanyId, j.CreatedAt, j.UpdatedAt);

    /// <summary>A job that the company's day has no place for stays next in line, in case the limit is raised; it runs after midnight.</summary>
    private static DateTimeOffset? NextAttempt(AutomationJob j) =>
        j.Phase is not (Phase.queued or Phase.awaiting_files) ? null
        : j.HeldReason == AutomationJob.DailyLimit ? MexicoCity.Midnight(MexicoCity.Day(j.UpdatedAt)) : j.NextAttemptAt;

    private static long? TotalTime(AutomationJob j) =>
        j.StartedAt is { } start && j.CompletedAt is { } end ? (long)(end - start).TotalMilliseconds : null;
}

/// <summary>The contract's AutomationStep.</summary>
public sealed record StepView(
    int StepNumber, string ActionType, string Description, string? Url, string? Selector, string Result, int TimingMs, string? ScreenshotUrl,
    string? ErrorMessage, string? LlmReasoning, DateTimeOffset CreatedAt)
{
    public static StepView Of(JobStep s) => new(
        s.StepNumber, s.ActionType, s.Message, s.Url, s.ElementSelector, s.Result, s.ExecutionTimeMs,
        s.ScreenshotId is { } shot ? ArtifactView.UrlOf(s.JobId, ArtifactView.IdOf(shot)) : null, s.ErrorMessage, s.LlmReasoning, s.Timestamp);
}

/// <summary>The contract's Artefact.</summary>
public sealed record ArtifactView(
    string Id, long JobId, string Kind, string FileName, string ContentType, long Size, string Sha256, DateTimeOffset CreatedAt, string Url)
{
    public static ArtifactView Of(Screenshot s) => new(
        IdOf(s.Id), s.JobId, "screenshot", s.FileName, s.ContentType, s.FileSize, s.Sha256, s.CreatedAt, UrlOf(s.JobId, IdOf(s.Id)));

    public static ArtifactView Of(JobFile f) => new(
        $"f{f.Id}", f.JobId, f.Kind, f.FileName, f.ContentType, f.Size, f.Sha256, f.CreatedAt, UrlOf(f.JobId, $"f{f.Id}"));

    public static string IdOf(long screenshot) => $"s{screenshot}";

    public static string UrlOf(long job, string artifact) => $"/invoicing/v2/jobs/{job}/artifacts/{artifact}";
}
