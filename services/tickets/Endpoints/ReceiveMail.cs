using Invoicing.Fiscal;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/v2/inbox (message/rfc822): the CFDIs in an e-mail, or behind its links, go to the tickets that wait for them.</summary>
public static class ReceiveMail
{
    public sealed record Matched(string Uuid, long TicketId, long? JobId);

    public sealed record Unmatched(string FileName, string? Uuid, string Code, string Detail);

    /// <param name="Received">XML files found in the mail or behind its links.</param>
    public sealed record Response(int Received, IReadOnlyList<Matched> Matched, IReadOnlyList<Unmatched> Unmatched);

    public static async Task<Response> Handle(
        HttpRequest request, string? company_id, Caller caller, TicketsDb db, Acceptance acceptance, MailMatching matching, MailedLinks links, Artefacts artefacts, TimeProvider time, CancellationToken ct)
    {
        var company = caller.TenantFor(company_id);
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw, ct);
        raw.Position = 0;
        using var message = MailedFiles.Load(raw, ct);
        var (files, dead) = await FilesAsync(message, links, ct);
        var pdfs = files.Where(f => f.IsPdf).ToList();
        var xmls = files.Where(f => f.MayBeXml).ToList();
        var (matched, unmatched) = (new List<Matched>(), dead.Select(d => new Unmatched(d.Link.Text, null, d.Why.Code, d.Why.Reason)).ToList());
        await using var transaction = await db.JoinTransactionAsync(ct);
        foreach (var xml in xmls)
        {
            var cfdi = await acceptance.VerifyAsync(xml.Bytes, null, ct);
            var (ticket, refusal) = cfdi.Valid ? await matching.FindAsync(company, xml.Bytes, cfdi, time.GetUtcNow(), ct) : (null, Failed(cfdi));
            if (ticket is null)
            {
                unmatched.Add(new Unmatched(xml.Name, cfdi.Uuid, refusal!.Code, refusal.Reason));
                continue;
            }

            await KeepAsync(ticket, cfdi, xml, PdfOf(xml, cfdi, pdfs, xmls.Count), db, acceptance, artefacts, time, ct);
            matched.Add(new Matched(cfdi.Uuid!, ticket.Id, ticket.JobId));
        }

        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        return new Response(xmls.Count, matched, unmatched);
    }

    // Links are followed only where the mail brings no XML itself.
    private static async Task<(IReadOnlyList<MailedFile> Files, IReadOnlyList<(MailedLink Link, Refusal Why)> Dead)> FilesAsync(MimeKit.MimeMessage message, MailedLinks links, CancellationToken ct)
    {
        var carried = MailedFiles.Of(message, ct);
        if (carried.Any(f => f.MayBeXml))
        {
            return (carried, []);
        }

        var (fetched, dead) = await links.FollowAsync(MailedLinks.In(message), ct);
        return ([.. carried, .. fetched], dead);
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

    private static async Task KeepAsync(
        Ticket ticket, CfdiVerification cfdi, MailedFile xml, MailedFile? pdf, TicketsDb db, Acceptance acceptance, Artefacts artefacts, TimeProvider time, CancellationToken ct)
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
