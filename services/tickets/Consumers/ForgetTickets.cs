using Invoicing.Messages;
using Invoicing.Tickets.Db;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Consumers;

/// <summary>
/// ForgetData, and TicketsForgotten while there is more: deletes a company's tickets with their files and documents, some at a time. Files go
/// first: if the rows stay after all, the message comes again.
/// </summary>
public sealed class ForgetTickets(TicketsDb db, Artefacts artefacts, TimeProvider time) : IConsumer<ForgetData>, IConsumer<TicketsForgotten>
{
    private const int AtOnce = 200;

    public Task Consume(ConsumeContext<ForgetData> context) =>
        ForgetAsync(context.Message.ErasureId, context.Message.CompanyId, context.Message.Before, context.Message.OpenToo, context.CancellationToken);

    public Task Consume(ConsumeContext<TicketsForgotten> context) => context.Message is { More: true } m
        ? ForgetAsync(m.ErasureId, m.CompanyId, m.Before, m.OpenToo, context.CancellationToken) : Task.CompletedTask;

    private async Task ForgetAsync(string? erasure, string company, DateTimeOffset before, bool openToo, CancellationToken ct)
    {
        var ids = await db.Database.SqlQuery<long>(
            $"""
             SELECT id AS "Value" FROM tickets WHERE company_id = {company} AND created_at < {before}
                AND ({openToo} OR job_id IS NULL OR estado IN ('completado', 'fallido')) ORDER BY id LIMIT {AtOnce} FOR UPDATE
             """).ToListAsync(ct);
        var (now, more, files) = (time.GetUtcNow(), ids.Count == AtOnce, 0);
        foreach (var key in await KeysAsync(ids, ct))
        {
            files += artefacts.Delete(key) ? 1 : 0;
        }

        await db.Tickets.Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(ct);
        if (openToo && !more)
        {
            await db.Merchants.Where(m => m.CompanyId == company && m.CreatedAt < before).ExecuteDeleteAsync(ct);
            await db.Mailboxes.Where(m => m.CompanyId == company).ExecuteDeleteAsync(ct);
            await db.Set<IdempotentAnswer>().Where(a => a.Owner == company && a.CreatedAt < before).ExecuteDeleteAsync(ct);
            files += artefacts.DeleteBefore(company, before);
        }

        db.Publish(new TicketsForgotten(erasure, company, before, openToo, ids.Count, files, more, now), now);
        await db.SaveChangesAsync(ct);
    }

    private async Task<List<string>> KeysAsync(List<long> ids, CancellationToken ct)
    {
        var originals = await db.Tickets.Where(t => ids.Contains(t.Id) && t.ImageKey != null).Select(t => t.ImageKey!).ToListAsync(ct);
        var documents = await db.Cfdis.Where(c => ids.Contains(c.TicketId)).Select(c => new { c.XmlKey, c.PdfKey }).ToListAsync(ct);
        var attached = await db.Attachments.Where(a => ids.Contains(a.TicketId)).Select(a => a.ArtefactKey).ToListAsync(ct);
        return [.. originals.Concat(documents.Select(d => d.XmlKey)).Concat(documents.Select(d => d.PdfKey).OfType<string>()).Concat(attached).Distinct()];
    }
}
