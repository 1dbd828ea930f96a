namespace Invoicing.Messages;

// What the jobs service says. It alone decides retries, limits and who is asked.

/// <summary>Run one attempt. The worker first takes the lease over HTTP; refused means the attempt is stale and is dropped.</summary>
/// <param name="Attempt">Fence: every later word of the worker names it.</param>
/// <param name="ConsultOnly">An emission may already have happened: consult the portal, never press what emits.</param>
/// <param name="Answers">What people answered for this job so far, by field (for example <c>portal_url</c>, <c>estacion</c>).</param>
/// <param name="SuperviseFirst">A person is asked before the emission on a portal from which no verified invoice is known.</param>
/// <param name="Model">Model that may choose where the engine is stuck, null for none.</param>
/// <param name="CaptchaSolver">Who reads a picture first while <see cref="CaptchaSolving"/>: local, service, or null for the service where one is set up.</param>
/// <param name="TimeoutSeconds">Wall-clock limit of the attempt, waiting for people left out.</param>
/// <param name="StorageQuotaMb">Once the tenant's files are that many, no pictures of steps are kept; invoices always are. Null: no limit.</param>
public sealed record RunAttempt(
    long JobId, int Attempt, long TicketId, string CompanyId, IReadOnlyList<string> PortalUrls, IReadOnlyDictionary<string, string> Fields,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Alternatives, MerchantFacts? Merchant, long? FiscalProfileId, bool ConsultOnly,
    bool CaptchaSolving, IReadOnlyDictionary<string, string> Answers, int TimeoutSeconds, int InterventionTimeoutSeconds,
    bool SuperviseFirst = false, string? Model = null, string? CaptchaSolver = null, int? StorageQuotaMb = null);

/// <summary>Stop an attempt wherever it runs; every worker hears it, the one that holds the attempt closes its browser context.</summary>
[Broadcast]
public sealed record CancelAttempt(long JobId, int Attempt, string Reason);

/// <summary>A person answered; the worker that keeps the page open goes on. Heard by every worker.</summary>
/// <param name="Action">answer, approve or reject.</param>
[Broadcast]
public sealed record AnswerIntervention(string InterventionId, long JobId, int Attempt, string Action, string? Value);

/// <summary>Files arrived for an attempt; tickets verifies them and says <see cref="CfdiAccepted"/> or <see cref="CfdiRefused"/>.</summary>
/// <param name="Receptor">RFC the invoice must name.</param>
public sealed record VerifyCfdi(
    long JobId, int Attempt, long TicketId, string CompanyId, string Receptor, IReadOnlyList<DeliveredFile> Files, DateTimeOffset At);

/// <summary>A job moved. Everything tickets needs to show it without asking.</summary>
/// <param name="Status">automation_status word of the contract.</param>
/// <param name="Estado">automation_jobs.estado word.</param>
/// <param name="Sequence">Grows with each change of the job; an older one is ignored.</param>
public sealed record JobProgressed(
    long JobId, long TicketId, string CompanyId, string Status, string Estado, string? Outcome, string? OutcomeDetail, int RetryCount,
    int ProgressPercentage, long Sequence, DateTimeOffset At, string Priority = "normal");

/// <summary>A job ended, once; no <see cref="JobProgressed"/> says so besides. Billing counts it, tickets records the outcome.</summary>
/// <param name="Estado">completado, fallido or cancelado.</param>
/// <param name="Usage">All attempts together.</param>
/// <param name="RetryCount">Null, as <paramref name="ProgressPercentage"/>, from a service that says both in a last JobProgressed.</param>
public sealed record JobClosed(
    long JobId, long TicketId, string CompanyId, string Status, string Estado, string? Outcome, string? OutcomeDetail, string? MerchantName,
    string? BatchId, JobUsage Usage, DateTimeOffset StartedAt, DateTimeOffset ClosedAt, long Sequence, int? RetryCount = null, int? ProgressPercentage = null);

/// <summary>What a job consumed. Money is billing's business.</summary>
public sealed record JobUsage(
    double OcrSeconds, double BrowserSeconds, int CaptchasSolved, int CaptchasByService, long ModelInputTokens, long ModelOutputTokens,
    string? Model, long StoredBytes, int Attempts, int OcrPages = 0);

/// <summary>Jobs with their steps, pictures and files were deleted as <see cref="ForgetData"/> asked, some at a time.</summary>
/// <param name="More">This was not all; the rest follows.</param>
public sealed record JobsForgotten(
    string? ErasureId, string CompanyId, DateTimeOffset Before, bool OpenToo, int Jobs, int Files, bool More, DateTimeOffset At);
