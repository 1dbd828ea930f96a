using Invoicing.Fiscal;
using Invoicing.Tickets.Db;
using Invoicing.Tickets.Endpoints;

namespace Invoicing.Tickets;

/// <summary>An e-mail's way in, whoever brought it: its CFDIs, or those behind its links, go to the tickets that wait for them.</summary>
public sealed class MailIntake(TicketsDb db, Acceptance acceptance, MailMatching matching, MailedLinks links, Artefacts artefacts, TimeProvider time)
{
    /// <summary>Reads the mail and follows its links, where it brings no XML itself; keeps nothing yet.</summary>
    /// <exception cref="ProblemException">400: it is not an e-mail.</exception>
    public async Task<OpenedMail> OpenAsync(Stream raw, CancellationToken ct)
    {
        using var message = MailedFiles.Load(raw, ct);
        var carried = MailedFiles.Of(message, ct);
        if (carried.Any(f => f.MayBeXml))
        {
            return new OpenedMail(carried, []);
        }

        var (fetched, dead) = await links.FollowAsync(MailedLinks.In(message), ct);
        return new OpenedMail([.. carried, .. fetched], dead);
    }

    /// <summary>Judges and matches each invoice. Within the caller's transaction, where there is one.</summary>
    public async Task<ReceiveMail.Response> KeepAsync(string company, OpenedMail mail, CancellationToken ct)
    {
        var pdfs = mail.Files.Where(f => f.IsPdf).ToList();
        var xmls = mail.Files.Where(f => f.MayBeXml).ToList();
        var (matched, unmatched) = (new List<ReceiveMail.Matched>(), mail.Dead.Select(d => new ReceiveMail.Unmatched(d.Link.Text, null, d.Why.Code, d.Why.Reason)).ToList());
        await using var transaction = await db.JoinTransactionAsync(ct);
        foreach (var xml in xmls)
        {
            var cfdi = await acceptance.VerifyAsync(xml.Bytes, null, ct);
            var (ticket, refusal) = cfdi.Valid ? await matching.FindAsync(company, xml.Bytes, cfdi, time.GetUtcNow(), ct) : (null, Failed(cfdi));
            if (ticket is null)
            {
                unmatched.Add(new ReceiveMail.Unmatched(xml.Name, cfdi.Uuid, refusal!.Code, refusal.Reason));
                continue;
            }

            await KeepAsync(ticket, cfdi, xml, PdfOf(xml, cfdi, pdfs, xmls.Count), ct);
            matched.Add(new ReceiveMail.Matched(cfdi.Uuid!, ticket.Id, ticket.JobId));
        }

        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        return new ReceiveMail.Response(xmls.Count, matched, unmatched);
    }

    private static Refusal Failed(CfdiVerification cfdi)
    {
        var check = cfdi.Checks.First(c => c.Status == CheckStatus.Invalid);
        return new Refusal(check.Code, check.Detail);
    }

    /// <summary>The PDF that goes with an XML: named alike or after the UUID, or the only one of a mail with one invoice.</summary>
    private static MailedFile? PdfOf(MailedFile xml, CfdiVerification cfdi, List<MailedFile> pdfs, int invoices) =>
        pdfs.Find(p => Path.GetFileNameWithoutExtension(p.Name).Equals(Path.GetFileNameWithoutExtension(xml.Name), StringComparison.OrdinalIgnoreCase)
            || p.Name.Contains(cfdi.Uuid!, StringComparison.OrdinalIgnoreCase)) ?? (invoices == 1 && pdfs.Count == 1 ? pdfs[0] : null);

    private async Task KeepAsync(Ticket ticket, CfdiVerification cfdi, MailedFile xml, MailedFile? pdf, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var stored = await artefacts.PutAsync(ticket.CompanyId, $"{cfdi.Uuid}.xml", "application/xml", xml.Bytes, ct);
        var paper = pdf is null ? null : await artefacts.PutAsync(ticket.CompanyId, $"{cfdi.Uuid}.pdf", "application/pdf", pdf.Bytes, ct);
        acceptance.Accept(ticket, cfdi, stored.Key, paper?.Key, "mail", null, null);
        db.Add(InvoiceAttachment.Of(ticket, "xml", stored.Key, stored.Size, true, "CFDI recibido por correo", cfdi, now));
        if (paper is not null)
        {
            db.Add(InvoiceAttachment.Of(ticket, "pdf", paper.Key, paper.Size, true, "PDF recibido por correo", null, now));
        }

        // Saved one by one: the next invoice of the same mail must see that this ticket no longer waits.
        await db.SaveChangesAsync(ct);
    }
}

/// <param name="Dead">Links that brought nothing, and why.</param>
public sealed record OpenedMail(IReadOnlyList<MailedFile> Files, IReadOnlyList<(MailedLink Link, Refusal Why)> Dead);
