namespace Invoicing.Client;

/// <summary>Many tickets at once, up to 10,000.</summary>
public sealed class Batches
{
    private readonly Transport api;

    internal Batches(Transport api) => this.api = api;

    /// <summary>Items that cannot be taken are listed in <see cref="BatchCreated.Rejected"/>; the others run.</summary>
    /// <param name="batchId">A name of the caller's, unique in the company; without one it is generated.</param>
    /// <param name="maxConcurrent">1 to 10 at the same time.</param>
    public Task<BatchCreated> CreateAsync(IReadOnlyList<long> ticketIds, string? batchId = null, string? priority = null, int maxConcurrent = 3, CancellationToken ct = default) =>
        api.PostAsync<BatchCreated>("/invoicing/v2/bulk", new Request(ticketIds, batchId, priority, maxConcurrent), ct);

    public Task<Batch> GetAsync(string batchId, CancellationToken ct = default) => api.GetAsync<Batch>($"{Path(batchId)}/status", ct);

    public Task<BatchCancelled> CancelAsync(string batchId, CancellationToken ct = default) => api.PostAsync<BatchCancelled>($"{Path(batchId)}/cancel", null, ct);

    private static string Path(string batchId) => $"/invoicing/v2/bulk/{Uri.EscapeDataString(batchId)}";

    private sealed record Request(IReadOnlyList<long> TicketIds, string? BatchId, string? Priority, int MaxConcurrent);
}

public sealed record BatchCreated(string BatchId, int TotalTickets, IReadOnlyList<long> JobsCreated, IReadOnlyList<RejectedItem> Rejected, DateTimeOffset? EstimatedCompletion, string StatusUrl);

/// <param name="Index">The item's place in the request, from 0.</param>
public sealed record RejectedItem(int Index, string Code, string Detail);

/// <param name="Status">processing, completed, failed, cancelled</param>
public sealed record Batch(string BatchId, int TotalJobs, int CompletedJobs, int FailedJobs, int RunningJobs, int PendingJobs, string Status, IReadOnlyList<BatchItem> Items);

public sealed record BatchItem(int Index, string? Key, long TicketId, long JobId, string Status, string? Outcome, string? Code, string? Detail);

public sealed record BatchCancelled(string Status, string BatchId, int CancelledJobs);
