using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>One move on a page (table automation_logs).</summary>
public sealed class JobStep
{
    public long Id { get; private set; }
    public required long JobId { get; init; }
    public required int Attempt { get; init; }

    /// <summary>Within the job, over all attempts.</summary>
    public required int StepNumber { get; init; }
    public required string SessionId { get; init; }
    public required string CompanyId { get; init; }
    public required string Level { get; init; }
    public required string Category { get; init; }
    public required string ActionType { get; init; }
    public required string Message { get; init; }
    public string? Url { get; init; }
    public string? ElementSelector { get; init; }
    public required string Result { get; init; }
    public int ExecutionTimeMs { get; init; }
    public string? ErrorMessage { get; init; }
    public string? LlmReasoning { get; init; }
    public int RetryAttempt { get; init; }
    public Screenshot? Screenshot { get; init; }
    public long? ScreenshotId { get; private set; }
    public required DateTimeOffset Timestamp { get; init; }

    public static JobStep From(StepRecorded step, AutomationJob job, int number) => new()
    {
        JobId = job.Id, Attempt = step.Attempt, StepNumber = number, SessionId = job.SessionId, CompanyId = job.CompanyId,
        Level = step.Result switch { "failed" => "error", "skipped" => "warning", _ => "info" },
        Category = step.Action switch
        {
            "fill" or "choose" or "press" or "dialog" => "form_fill",
            "captcha" => "captcha",
            "download" => "download",
            "ask" or "stop" => "validation",
            _ => "navigation",
        },
        ActionType = step.Action, Message = step.Description, Url = step.Url, ElementSelector = step.Selector, Result = step.Result,
        ExecutionTimeMs = Math.Max(0, step.TimingMs), ErrorMessage = step.ErrorMessage, LlmReasoning = step.LlmReasoning,
        RetryAttempt = job.RetryCount, Timestamp = step.At,
        Screenshot = step.Screenshot is { } file ? Screenshot.Of(job, file, step.Action, step.Result == "failed" ? "error" : "step", step.Url, step.At) : null,
    };
}

/// <summary>A picture of the page, secrets masked by the worker (table automation_screenshots).</summary>
public sealed class Screenshot
{
    public long Id { get; private set; }
    public required long JobId { get; init; }
    public required string SessionId { get; init; }
    public required string CompanyId { get; init; }
    public required string StepName { get; init; }

    /// <summary>step, error, success, captcha or manual.</summary>
    public required string ScreenshotType { get; init; }

    /// <summary>Key in the artefact store.</summary>
    public required string FilePath { get; init; }
    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public required long FileSize { get; init; }
    public required string Sha256 { get; init; }
    public string? Url { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public static Screenshot Of(AutomationJob job, StoredFile file, string step, string type, string? url, DateTimeOffset at) => new()
    {
        JobId = job.Id, SessionId = job.SessionId, CompanyId = job.CompanyId, StepName = step, ScreenshotType = type, FilePath = file.Key,
        FileName = file.FileName, ContentType = file.ContentType, FileSize = file.Size, Sha256 = file.Sha256, Url = url, CreatedAt = at,
    };
}

/// <summary>A file an attempt brought back (CFDI, page, trace, e-mail), in the artefact store.</summary>
public sealed class JobFile
{
    public long Id { get; private set; }
    public required long JobId { get; init; }
    public required string CompanyId { get; init; }

    /// <summary>cfdi_xml, cfdi_pdf, page, trace or email.</summary>
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public required long Size { get; init; }
    public required string Sha256 { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public static JobFile Of(AutomationJob job, DeliveredFile delivered, DateTimeOffset now) => new()
    {
        JobId = job.Id, CompanyId = job.CompanyId, Kind = delivered.Kind, Key = delivered.File.Key, FileName = delivered.File.FileName,
        ContentType = delivered.File.ContentType, Size = delivered.File.Size, Sha256 = delivered.File.Sha256, CreatedAt = now,
    };
}
