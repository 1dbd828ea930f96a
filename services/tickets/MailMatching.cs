using Invoicing.Fiscal;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>Finds the one ticket of a tenant that a mailed CFDI belongs to. Two that fit are none: a person decides.</summary>
public sealed class MailMatching(TicketsDb db, Acceptance acceptance, TenantDirectory tenants)
{
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(400);

    /// <summary>The ticket, locked, or why there is none.</summary>
    public async Task<(Ticket? Ticket, Refusal? Refusal)> FindAsync(string companyId, ReadOnlyMemory<byte> xml, CfdiVerification cfdi, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - Oldest;
        var waiting = await db.Tickets.AsNoTracking()
            .Where(t => t.CompanyId == companyId && t.InvoiceUuid == null && t.Total == cfdi.Total && t.CreatedAt > since).OrderBy(t => t.Id).Take(50).ToListAsync(ct);
        var fitting = new List<Ticket>();
        Refusal? last = null;
        foreach (var ticket in waiting)
        {
            last = await RefuseAsync(ticket, xml, ct);
            if (last is null)
            {
                fitting.Add(ticket);
            }
        }

        return Choose(fitting, cfdi) is { } chosen ? (await db.LockTicketAsync(chosen.Id, ct), null)
            : (null, fitting.Count > 1 ? new Refusal("varios_tickets", "Varios tickets esperan una factura por este importe; adjúntela al que corresponda.")
                : last ?? new Refusal("sin_ticket", "Ningún ticket de la empresa espera una factura por este importe."));
    }

    private async Task<Refusal?> RefuseAsync(Ticket ticket, ReadOnlyMemory<byte> xml, CancellationToken ct)
    {
        if (await tenants.ReceptorAsync(ticket.CompanyId, ticket.Options.FiscalProfileId, ct) is not { } receptor)
        {
            return new Refusal("sin_perfil_fiscal", "La empresa no tiene perfil fiscal con el que comprobar el receptor.");
        }

        var matched = await acceptance.VerifyAsync(xml, Acceptance.ExpectationOf(ticket, receptor.Rfc), ct);
        return await acceptance.RefuseAsync(ticket, matched, trusted: false, ct);
    }

    /// <summary>By how sure each sign is: the ticket names the emisor; its job waits for files.</summary>
    private static Ticket? Choose(List<Ticket> fitting, CfdiVerification cfdi)
    {
        var narrowed = fitting;
        foreach (var sign in new Func<Ticket, bool>[] { t => t.ExtractedFields.GetValueOrDefault("rfc_emisor") == cfdi.EmisorRfc, AwaitsFiles })
        {
            narrowed = narrowed.Where(sign).ToList() is { Count: > 0 } fewer ? fewer : narrowed;
        }

        return narrowed is [var only] ? only : null;
    }

    private static bool AwaitsFiles(Ticket ticket) =>
        ticket.AutomationStatus == "descarga_pendiente" || ticket.Outcome is "emitida_pendiente_archivos" or "resultado_incierto";
}
