using System.Security.Cryptography.X509Certificates;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Fiscal;
using Invoicing.Messages;
using Invoicing.Tickets;

namespace Invoicing.Exam;

/// <summary>The receptor's mail, read with the product's own reading of letters (attachments, archives, links) and the fiscal verifier.</summary>
public sealed class Mailbox(PortalTown town)
{
    private readonly MailedLinks links = new(new HttpClient(new Egress(allowLoopback: true).Handler()), new Egress(allowLoopback: true));

    /// <summary>A letter that has arrived brings a CFDI with valid seal for this receptor, merchant and amount.</summary>
    public async Task<bool> HoldsAsync(SoldTicket ticket, FiscalProfileFacts receptor)
    {
        foreach (var raw in await town.LettersAsync(receptor.Correo))
        {
            using var message = MailedFiles.Load(new MemoryStream(raw), CancellationToken.None);
            var files = MailedFiles.Of(message, CancellationToken.None);
            files = files.Any(f => f.MayBeXml) ? files : (await links.FollowAsync(MailedLinks.In(message), CancellationToken.None)).Files;
            if (files.Any(f => f.MayBeXml && IsOurs(f, ticket, receptor)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOurs(MailedFile file, SoldTicket ticket, FiscalProfileFacts receptor)
    {
        var expected = new CfdiExpectation { ReceptorRfc = receptor.Rfc, Total = BrowserAutomation.Engine.Values.Amount(ticket.Fields["total"]) };
        var verdict = CfdiVerifier.Verify(Cfdi.Parse(file.Bytes), town.Now, new Dictionary<string, X509Certificate2>(), expected);
        return verdict.Valid && verdict.EmisorRfc == ticket.Fields["rfc_emisor"];
    }
}
