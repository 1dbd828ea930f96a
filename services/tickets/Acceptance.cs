using System.Security.Cryptography.X509Certificates;
using Invoicing.Fiscal;
using Invoicing.Messages;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>The only way an invoice becomes a ticket's: every check holds, it names the right receptor and amount, and nobody has it yet.</summary>
public sealed class Acceptance(TicketsDb db, TimeProvider time)
{
    /// <summary>Judges bytes, for a ticket or for nobody.</summary>
    public async Task<CfdiVerification> VerifyAsync(ReadOnlyMemory<byte> xml, CfdiExpectation? expected, CancellationToken ct)
    {
        var pacs = await PacsAsync(ct);
        try
        {
            return CfdiVerifier.Verify(Cfdi.Parse(xml), time.GetUtcNow(), pacs, expected);
        }
        finally
        {
            foreach (var pac in pacs.Values)
            {
                pac.Dispose();
            }
        }
    }

    /// <summary>What a CFDI of this ticket must say. The total is compared when the ticket's was read.</summary>
    public static CfdiExpectation ExpectationOf(Ticket ticket, string receptorRfc) =>
        new() { ReceptorRfc = receptorRfc, Total = ticket.Total, Compra = ticket.Compra };

    /// <summary>Null when it may be accepted.</summary>
    /// <param name="trusted">False for mail: anybody can send one, so only a stamp of a known PAC counts.</param>
    public async Task<Refusal?> RefuseAsync(Ticket ticket, CfdiVerification cfdi, bool trusted, CancellationToken ct)
    {
        if (cfdi.Checks.FirstOrDefault(c => c.Status == CheckStatus.Invalid) is { } failed)
        {
            return new Refusal(failed.Code, failed.Detail);
        }

        if (cfdi.Seal > CheckStatus.Warning || cfdi is not { Uuid: not null, Total: not null, Fecha: not null, EmisorRfc: not null, ReceptorRfc: not null })
        {
            return new Refusal("sello_no_verificado", "El sello del emisor no se pudo verificar.");
        }

        if (!trusted && cfdi.Stamp > CheckStatus.Warning)
        {
            return new Refusal("timbre_no_verificado", "El timbre no es de un PAC conocido; un CFDI que llega por correo debe traerlo.");
        }

        var holder = await db.Cfdis.AsNoTracking().FirstOrDefaultAsync(c => c.CompanyId == ticket.CompanyId && c.Uuid == cfdi.Uuid, ct);
        return holder is not null && holder.TicketId != ticket.Id ? new Refusal("uuid_duplicado", $"El CFDI {cfdi.Uuid} ya pertenece al ticket {holder.TicketId}.")
            : ticket.InvoiceUuid is { } other && other != cfdi.Uuid ? new Refusal("ya_tiene_cfdi", $"El ticket ya tiene el CFDI {other}.")
            : null;
    }

    /// <summary>
    /// Keeps a CFDI that <see cref="RefuseAsync"/> let pass and says so; hearing of it again only repeats the message. The caller saves;
    /// the unique indexes decide between two at once.
    /// </summary>
    /// <returns>False when the ticket had this CFDI already.</returns>
    public bool Accept(Ticket ticket, CfdiVerification cfdi, string xmlKey, string? pdfKey, string source, long? jobId, int? attempt)
    {
        var now = time.GetUtcNow();
        var isNews = ticket.InvoiceUuid is null;
        if (isNews)
        {
            var before = ticket.Estado;
            var document = DocumentOf(ticket, cfdi, xmlKey, source, now);
            if (pdfKey is not null)
            {
                document.AddPdf(pdfKey);
            }

            db.Add(document);
            ticket.Attach(document, now);
            if (ticket.Estado != before)
            {
                db.Publish(new TicketChanged(ticket.Id, ticket.CompanyId, ticket.Estado.ToString(), null, now), now);
            }
        }

        db.Publish(new CfdiAccepted(ticket.Id, jobId ?? ticket.JobId, ticket.CompanyId, cfdi.Uuid!, cfdi.EmisorRfc!, cfdi.ReceptorRfc!, cfdi.Total!.Value, now, xmlKey, pdfKey, attempt), now);
        return isNews;
    }

    private static CfdiDocument DocumentOf(Ticket ticket, CfdiVerification cfdi, string xmlKey, string source, DateTimeOffset now) => new()
    {
        CompanyId = ticket.CompanyId,
        TicketId = ticket.Id,
        Uuid = cfdi.Uuid!,
        EmisorRfc = cfdi.EmisorRfc!,
        ReceptorRfc = cfdi.ReceptorRfc!,
        Total = cfdi.Total!.Value,
        Fecha = cfdi.Fecha!.Value,
        XmlKey = xmlKey,
        Source = source,
        Checks = cfdi.Checks,
        AcceptedAt = now,
    };

    private async Task<Dictionary<string, X509Certificate2>> PacsAsync(CancellationToken ct) =>
        (await db.PacCertificates.AsNoTracking().ToListAsync(ct)).ToDictionary(c => c.Serial, c => X509CertificateLoader.LoadCertificate(c.Der));
}
