using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>
/// A batch whose tickets come with the request. Tickets takes the items in parts while jobs opens those of the part before; each part is a
/// commit of its own, and whoever repeats the request after a crash goes on where it stopped.
/// </summary>
public sealed class InlineBatch(IServiceScopeFactory scopes, TicketDirectory tickets, TimeProvider time)
{
    private const int Part = 1000;

    /// <summary>Bytes of one part; a larger item goes alone.</summary>
    private const int PartSize = 8_000_000;

    /// <summary>Seconds an item adds before the batch's tickets are told to anybody else: taking them in comes first.</summary>
    private const double Hold = 0.001;

    /// <summary>The batch's row, before anything may name it. Null when its name is taken by another request.</summary>
    public async Task<Batch?> BeginAsync(Batch batch, string fingerprint, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        batch.Begin(fingerprint, time.GetUtcNow());
        db.Add(batch);
        try
        {
            await db.SaveChangesAsync(ct);
            return batch;
        }
        catch (DbUpdateException e) when (e.IsDuplicate())
        {
            var first = await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.CompanyId == batch.CompanyId && b.BatchId == batch.BatchId, ct);
            return first?.Accepting == fingerprint ? first : null;
        }
    }

    /// <summary>Every item's fate, by index.</summary>
    /// <param name="most">How many may be accepted, null for all.</param>
    /// <exception cref="ProblemException">503: tickets does not answer; what was taken stays taken.</exception>
    public async Task<IReadOnlyList<BulkItem>> TakeAsync(Batch batch, string? priority, int? most, IReadOnlyList<BulkEntry> items, CancellationToken ct)
    {
        var (fates, opening) = (new List<BulkItem>(), Task.CompletedTask);
        foreach (var part in Parts(items))
        {
            var left = most - fates.Count(f => f.Submitted is not null && f.BatchId == batch.BatchId);
            var taken = await tickets.TakeAsync(new BulkItems(batch.CompanyId, batch.BatchId, priority, left, items.Count * Hold, part), ct);
            fates.AddRange(taken);
            await opening;
            opening = OpenAsync(batch, [.. taken.Where(t => t.Submitted is not null && t.BatchId == batch.BatchId)], ct);
        }

        await opening;
        return fates;
    }

    /// <summary>From here on the counts speak.</summary>
    public async Task EndAsync(Batch batch, int jobs, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = (await db.LockBatchAsync(batch.Id, ct))!;
        var now = time.GetUtcNow();
        if (row.Accept(jobs, now))
        {
            db.AnnounceEnd(row, now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Nothing of it was new.</summary>
    public async Task DropAsync(Batch batch, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JobsDb>().Batches.Where(b => b.Id == batch.Id).ExecuteDeleteAsync(ct);
    }

    private async Task OpenAsync(Batch batch, IReadOnlyList<BulkItem> taken, CancellationToken ct)
    {
        if (taken.Count == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await scope.ServiceProvider.GetRequiredService<Opening>().TakeAsync([.. taken.Select(t => t.Submitted!)], batch, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static IEnumerable<IReadOnlyList<BulkEntry>> Parts(IReadOnlyList<BulkEntry> items)
    {
        var (part, size) = (new List<BulkEntry>(), 0);
        foreach (var item in items)
        {
            var bytes = item.Item.GetRawText().Length;
            if (part.Count == Part || part.Count > 0 && size + bytes > PartSize)
            {
                yield return part;
                (part, size) = ([], 0);
            }

            part.Add(item);
            size += bytes;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
