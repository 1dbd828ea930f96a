using System.Security.Cryptography;
using System.Text.Json;
using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;
using Rejected = Invoicing.Jobs.Endpoints.CreateBatch.Rejected;

namespace Invoicing.Jobs.Endpoints;

/// <summary>The batch whose tickets come with it (<c>tickets</c>). Items whose keys were all accepted before answer as then.</summary>
public sealed class BatchOfItems(JobsDb db, InlineBatch inline)
{
    /// <param name="most">How many jobs the tenant may still have today, null for any.</param>
    /// <returns>Null when the batch's name is taken.</returns>
    /// <exception cref="ProblemException">503: tickets does not answer.</exception>
    public async Task<CreateBatch.Made?> MakeAsync(Batch wanted, CreateBatch.Request request, int? most, HttpContext http, CancellationToken ct)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Options)));
        if (await inline.BeginAsync(wanted, fingerprint, ct) is not { } batch)
        {
            return null;
        }

        var (entries, rejected) = Entries(request.Tickets!);
        var fates = await inline.TakeAsync(batch, request.Priority, most, entries, ct);
        var accepted = fates.Where(f => f.Submitted is not null && f.BatchId == batch.BatchId).ToList();
        if (accepted.Count == 0 && await EarlierAsync(batch, fates, http, ct) is { } earlier)
        {
            return earlier with { Rejected = [.. rejected, .. earlier.Rejected] };
        }

        await inline.EndAsync(batch, accepted.Count, ct);
        rejected.AddRange(fates.Except(accepted).Select(Reject));
        return new CreateBatch.Made(batch.BatchId, [.. accepted.OrderBy(a => a.Index).Select(a => a.Submitted!.JobId!.Value)], rejected);
    }

    private static Rejected Reject(BulkItem fate) => fate.Submitted is { } first
        ? new Rejected(fate.Index, "already_accepted", $"La clave {fate.Key} ya se aceptó en el lote {fate.BatchId}.", fate.Key, first.TicketId)
        : new Rejected(fate.Index, fate.Code!, fate.Detail!, fate.Key, null, fate.Errors);

    private static (List<BulkEntry> Entries, List<Rejected> Rejected) Entries(JsonElement[] items)
    {
        var (entries, rejected, keys) = (new List<BulkEntry>(), new List<Rejected>(), new HashSet<string>());
        foreach (var (index, item) in items.Index())
        {
            var key = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("key", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
            if (key is not null && !keys.Add(key))
            {
                rejected.Add(new Rejected(index, "duplicate_key", $"La clave {key} ya está en este lote.", key));
            }
            else
            {
                entries.Add(new BulkEntry(index, item));
            }
        }

        return (entries, rejected);
    }

    /// <summary>When everything acceptable was accepted by one earlier batch, that batch is the answer again.</summary>
    private async Task<CreateBatch.Made?> EarlierAsync(Batch batch, IReadOnlyList<BulkItem> fates, HttpContext http, CancellationToken ct)
    {
        var repeated = fates.Where(f => f.Submitted is not null).ToList();
        if (repeated.Select(f => f.BatchId).Distinct().ToList() is not [{ } name]
            || await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.CompanyId == batch.CompanyId && b.BatchId == name, ct) is not { } earlier)
        {
            return null;
        }

        var tickets = repeated.Select(f => f.Submitted!.TicketId).ToList();
        var jobs = await db.Jobs.Where(j => j.BatchKey == earlier.Id && tickets.Contains(j.TicketId)).OrderBy(j => j.BatchIndex).Select(j => j.Id).ToListAsync(ct);
        await inline.DropAsync(batch, ct);
        http.Response.Headers["Idempotency-Replayed"] = "true";
        return new CreateBatch.Made(earlier.BatchId, jobs, [.. fates.Except(repeated).Select(Reject)]);
    }
}
