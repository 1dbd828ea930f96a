namespace Invoicing.Client;

/// <summary>What waits for a person: a captcha, a sign-in, a missing datum, a confirmation.</summary>
public sealed class Interventions
{
    private readonly Transport api;

    internal Interventions(Transport api) => this.api = api;

    /// <param name="status">open, answered, expired, cancelled</param>
    public IAsyncEnumerable<Intervention> ListAsync(string? status = "open", long? jobId = null, CancellationToken ct = default) =>
        api.ListAsync<Intervention>(Query.Of("/invoicing/v2/interventions", ("status", status), ("job_id", jobId)), ct);

    public Task<Intervention> GetAsync(string id, CancellationToken ct = default) => api.GetAsync<Intervention>(Path(id), ct);

    /// <summary>The browser waits with its page open and goes on with the value.</summary>
    public Task<Intervention> AnswerAsync(string id, string value, CancellationToken ct = default) => ReplyAsync(id, "answer", value, ct);

    public Task<Intervention> ApproveAsync(string id, CancellationToken ct = default) => ReplyAsync(id, "approve", null, ct);

    public Task<Intervention> RejectAsync(string id, CancellationToken ct = default) => ReplyAsync(id, "reject", null, ct);

    private Task<Intervention> ReplyAsync(string id, string action, string? value, CancellationToken ct) =>
        api.PostAsync<Intervention>(Path(id), new Reply(action, value), ct);

    private static string Path(string id) => $"/invoicing/v2/interventions/{Uri.EscapeDataString(id)}";

    private sealed record Reply(string Action, string? Value);
}

/// <param name="Kind">captcha, login, dato, confirmacion</param>
/// <param name="Field">Which ticket or fiscal datum is asked for, when it is one.</param>
public sealed record Intervention(
    string Id, long JobId, long TicketId, string CompanyId, string Kind, string Prompt, string? Field, string? ImageUrl, string? ScreenshotUrl, IReadOnlyList<string>? Options, string Status,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? AnsweredAt, string? AnsweredBy);
