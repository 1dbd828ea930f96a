namespace Invoicing.Messages;

// What the browser worker says. Each word names job and attempt, so that a late worker changes nothing.

/// <summary>The lease was taken and a browser context is open.</summary>
public sealed record AttemptStarted(long JobId, int Attempt, string CompanyId, string Worker, string SessionId, DateTimeOffset At);

/// <summary>One move on the page, seen and recorded.</summary>
/// <param name="Number">1, 2, 3… within the attempt.</param>
/// <param name="Status">automation_status the job is in from this move on (navegando, llenando_formulario, …).</param>
/// <param name="Action">navigate, fill, choose, press, dialog, ask, captcha, download, consult, wait or stop.</param>
/// <param name="Result">ok, failed or skipped.</param>
/// <param name="Screenshot">PNG or JPEG, secrets masked.</param>
public sealed record StepRecorded(
    long JobId, int Attempt, string CompanyId, int Number, string Status, string Action, string Description, string? Url, string? Selector,
    string Result, int TimingMs, StoredFile? Screenshot, string? ErrorMessage, string? LlmReasoning, DateTimeOffset At);

/// <summary>A person is needed; the page stays open until the answer or <see cref="ExpiresAt"/>.</summary>
/// <param name="Kind">captcha, login, dato or confirmacion.</param>
/// <param name="Field">Canonical field asked for when <see cref="Kind"/> is dato.</param>
public sealed record InterventionAsked(
    string InterventionId, long JobId, int Attempt, string CompanyId, string Kind, string Prompt, string? Field, StoredFile? Image,
    StoredFile? Screenshot, IReadOnlyList<string> Options, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>An attempt ended, with one outcome of the closed set of the contract.</summary>
/// <param name="Outcome">entregada, emitida_pendiente_archivos, ya_facturada_recuperada, … (http-api.md section 3).</param>
/// <param name="Detail">Spanish sentence for the person who sent the ticket.</param>
/// <param name="Field">The field at fault, when there is one.</param>
/// <param name="RetryAt">When the portal itself named a time.</param>
/// <param name="Receptor">RFC used on the portal, null when nothing was typed.</param>
public sealed record AttemptFinished(
    long JobId, int Attempt, string CompanyId, string Outcome, string Detail, string? Field, string? FinalUrl, string? ErrorType,
    DateTimeOffset? RetryAt, string? Receptor, bool Emitted, IReadOnlyList<DeliveredFile> Files, AttemptUsage Usage,
    DateTimeOffset At);

/// <summary>A file in the artefact store.</summary>
/// <param name="Key">Artefact key.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record StoredFile(string Key, string FileName, string ContentType, long Size, string Sha256);

/// <param name="Kind">cfdi_xml, cfdi_pdf, page, trace or email.</param>
public sealed record DeliveredFile(string Kind, StoredFile File);

/// <param name="CaptchasSolved">All, by whomever.</param>
/// <param name="CaptchasLocally">Read or reckoned here; they cost nothing.</param>
public sealed record AttemptUsage(
    double BrowserSeconds, int PageLoads, int CaptchasSolved, int CaptchasByService, long ModelInputTokens, long ModelOutputTokens, string? Model,
    long StoredBytes, int CaptchasLocally = 0);
