using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;
using Rejected = Invoicing.Jobs.Endpoints.CreateBatch.Rejected;

namespace Invoicing.Jobs.Endpoints;

/// <summary>The batch of tickets that exist (<c>ticket_ids</c>): one commit with all its jobs.</summary>
public sealed class BatchOfTickets(JobsDb db, Arrivals arrivals, Admission admission, TimeProvider time)
{
    /// <param name="most">How many jobs the tenant may still have today, null for any.</param>
    /// <returns>Null when the batch's name is taken.</returns>
    public async Task<CreateBatch.Made?> MakeAsync(Batch batch, CreateBatch.Request request, int? most, CancellationToken ct)
    {
        if (await db.Batches.AnyAsync(b => b.CompanyId == batch.CompanyId && b.BatchId == batch.BatchId, ct))
        {
            return null;
        }

        var (tickets, rejected) = await SortAsync(batch.CompanyId, request.TicketIds!, most, ct);
        if (batch.Accept(tickets.Count, time.GetUtcNow()))
        {
            db.AnnounceEnd(batch, time.GetUtcNow());
        }

        db.Add(batch);
        await db.SaveChangesAsync(ct);
        var ids = await db.NextJobIdsAsync(tickets.Count, ct);
        foreach (var ((index, ticket), id) in tickets.Zip(ids))
        {
            var order = new JobOrder(id, ticket.Id, ticket.CompanyId).With(ticket.Submission);
            order = request.Priority is { } priority ? order with { Priority = Enum.Parse<Priority>(priority) } : order;
            await CreateJob.OpenAsync(db, admission, order with { Batch = batch, BatchIndex = index }, ticket, time.GetUtcNow(), ct);
        }

        await db.SaveChangesAsync(ct);
        return new CreateBatch.Made(batch.BatchId, ids, rejected);
    }

    private async Task<(List<(int Index, TicketReference Ticket)> Tickets, List<Rejected> Rejected)> SortAsync(string company, long[] ids, int? most, CancellationToken ct)
    {
        var heard = await db.Tickets.Where(t => ids.Contains(t.Id) && t.Submission != null).Select(t => t.Id).ToListAsync(ct);
        await arrivals.MeetTicketsAsync([.. ids.Except(heard)], company, ct);
        var known = (await db.LockTicketsAsync(ids, ct)).Where(t => t.CompanyId == company).ToDictionary(t => t.Id);
        var (taken, rejected, seen) = (new List<(int, TicketReference)>(), new List<Rejected>(), new HashSet<long>());
        foreach (var (index, id) in ids.Index())
        {
            if (!known.TryGetValue(id, out var ticket))
            {
                rejected.Add(new Rejected(index, "not_found", $"Ticket {id} no encontrado"));
            }
            else if (!seen.Add(id))
            {
                rejected.Add(new Rejected(index, "duplicate_ticket", $"El ticket {id} ya está en este lote."));
            }
            else if (taken.Count >= (most ?? int.MaxValue))
            {
                rejected.Add(new Rejected(index, "daily_quota_exceeded", "Se alcanzó el límite diario de trabajos de la empresa."));
            }
            else
            {
                taken.Add((index, ticket));
            }
        }

        return (taken, rejected);
    }
}
