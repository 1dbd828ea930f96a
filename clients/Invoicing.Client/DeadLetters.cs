namespace Invoicing.Client;

/// <summary>Messages that no consumer could take. For platform administrators.</summary>
public sealed class DeadLetters
{
    private const string Path = "/invoicing/v2/admin/dead-letters";
    private readonly Transport api;

    internal DeadLetters(Transport api) => this.api = api;

    /// <summary>Newest first, all pages.</summary>
    public IAsyncEnumerable<DeadLetter> ListAsync(string? status = null, string? queue = null, long? jobId = null, CancellationToken ct = default) =>
        api.ListAsync<DeadLetter>(Query.Of(Path, ("status", status), ("queue", queue), ("job_id", jobId)), ct);

    public Task<DeadLetter> ReplayAsync(string id, CancellationToken ct = default) => api.PostAsync<DeadLetter>($"{Path}/{Uri.EscapeDataString(id)}/replay", null, ct);

    public Task DiscardAsync(string id, CancellationToken ct = default) => api.DeleteAsync($"{Path}/{Uri.EscapeDataString(id)}", ct);
}

public sealed record DeadLetter(
    string Id, string Queue, string MessageType, string Reason, int Attempts, string? CompanyId, long? JobId, DateTimeOffset? FirstAt, DateTimeOffset? LastAt, string Status);
