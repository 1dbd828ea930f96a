using Invoicing.Fiscal;
using Invoicing.Messages;
using Invoicing.Tickets.Db;
using MassTransit;

namespace Invoicing.Tickets.Consumers;

/// <summary>VerifyCfdi: judges the files a portal delivered for a job; answers CfdiAccepted or CfdiRefused.</summary>
public sealed class VerifyDeliveredCfdi(TicketsDb db, Acceptance acceptance, Artefacts artefacts, TimeProvider time) : IConsumer<VerifyCfdi>
{
    public async Task Consume(ConsumeContext<VerifyCfdi> context)
    {
        var (m, ct) = (context.Message, context.CancellationToken);
        var refusal = await db.LockTicketAsync(m.TicketId, ct) is { } ticket && ticket.CompanyId == m.CompanyId
            ? await TakeFirstGoodAsync(ticket, m, ct)
            : new Refusal("ticket_desconocido", "El ticket de este CFDI no existe.");
        if (refusal is not null)
        {
            var now = time.GetUtcNow();
            db.Publish(new CfdiRefused(m.TicketId, m.JobId, m.CompanyId, m.Attempt, refusal.Code, refusal.Reason, now), now);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<Refusal?> TakeFirstGoodAsync(Ticket ticket, VerifyCfdi m, CancellationToken ct)
    {
        var refusal = new Refusal("sin_xml", "El portal no entregó el XML del CFDI.");
        foreach (var file in m.Files.Where(f => f.Kind == "cfdi_xml").Select(f => f.File))
        {
            var cfdi = await JudgeAsync(ticket, m, file, ct);
            if (cfdi.Refusal is null)
            {
                var pdf = m.Files.FirstOrDefault(f => f.Kind == "cfdi_pdf")?.File;
                if (acceptance.Accept(ticket, cfdi.Verification!, file.Key, pdf?.Key, "portal", m.JobId, m.Attempt))
                {
                    Keep(ticket, file, pdf, cfdi.Verification!);
                }

                return null;
            }

            refusal = cfdi.Refusal;
        }

        ticket.RefuseInvoice(refusal.Reason, time.GetUtcNow());
        return refusal;
    }

    private async Task<(CfdiVerification? Verification, Refusal? Refusal)> JudgeAsync(Ticket ticket, VerifyCfdi m, StoredFile file, CancellationToken ct)
    {
        byte[] bytes;
        try
        {
            bytes = await artefacts.ReadAsync(file.Key, ct);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            return (null, new Refusal("archivo_perdido", "El XML entregado ya no está en el almacén de archivos."));
        }

        var verification = await acceptance.VerifyAsync(bytes, Acceptance.ExpectationOf(ticket, m.Receptor), ct);
        return (verification, await acceptance.RefuseAsync(ticket, verification, trusted: true, ct));
    }

    private void Keep(Ticket ticket, StoredFile xml, StoredFile? pdf, CfdiVerification cfdi)
    {
        var now = time.GetUtcNow();
        db.Add(InvoiceAttachment.Of(ticket, "xml", xml.Key, xml.Size, true, "CFDI XML válido", cfdi, now));
        if (pdf is not null)
        {
            db.Add(InvoiceAttachment.Of(ticket, "pdf", pdf.Key, pdf.Size, true, "PDF entregado por el portal", null, now));
        }
    }
}
