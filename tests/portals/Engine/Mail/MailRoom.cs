using System.Globalization;
using Invoicing.Portals.Engine.Faults;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pac;
using Invoicing.Portals.Engine.Sat;
using MimeKit;

namespace Invoicing.Portals.Engine.Mail;

/// <summary>How a portal's invoices reach a mailbox: in what form, and how many minutes after they were asked for.</summary>
/// <param name="LinkPath">Where links lead, up to the token, e.g. <c>/descarga/</c>; only for the form links.</param>
public sealed record Post(string Form, double LowMinutes, double HighMinutes, string LinkPath = "", int LinkDays = 7);

/// <summary>Sends invoices by e-mail, and what the faults add: mail_late, mail_never, mail_form, mail_decoy.</summary>
public sealed class MailRoom(Postbox postbox, MailedLinks links, FaultBoard faults, CfdiPac pac, PortMap ports, SimulatedClock clock)
{
    /// <summary>The invoice goes to the address that was typed, unless it is none or a fault lets it vanish.</summary>
    public void Send(Emission emission, string to, Post post)
    {
        var portal = emission.Ticket.Merchant.Portal;
        if (!MailboxAddress.TryParse(to, out _) || Strike(portal, "mail_never", emission) is not null) return;
        var seconds = Chance.Between((int)(post.LowMinutes * 60), (int)(post.HighMinutes * 60));
        var late = Strike(portal, "mail_late", emission) is { } fault ? Number(fault.Value, 3600) : 0;
        var due = clock.GetUtcNow().AddSeconds(seconds + late);
        var form = Strike(portal, "mail_form", emission)?.Value ?? post.Form;
        if (form == "links" && post.LinkPath.Length == 0) form = "attachments";
        while (faults.Strike(portal, "mail_decoy", emission.Ticket) is { } decoy)
        {
            Decoy(emission, to, decoy.Value ?? "newsletter", due);
            if (decoy.Times is null) break;
        }

        var text = form == "links" ? Links(emission, post, due) : $"<p>Adjuntamos su comprobante {emission.FileName}.</p>";
        Post(emission.Ticket.Merchant, emission, to, "Envío de su factura electrónica", text, form, due);
    }

    private void Decoy(Emission emission, string to, string kind, DateTimeOffset due)
    {
        var merchant = emission.Ticket.Merchant;
        if (kind == "newsletter") Post(merchant, null, to, $"¡Ofertas de la semana en {merchant.Brand}!", "<p>Sólo por hoy.</p><a href=\"http://localhost:9/promo\">Ver ofertas</a>", kind, due);
        if (kind == "duplicate") Post(merchant, emission, to, "Reenvío de su factura electrónica", "<p>Adjuntamos nuevamente su comprobante.</p>", kind, due.AddMinutes(3));
        if (kind == "reply") Reply(emission, to, due.AddMinutes(5));
        if (kind == "other_taxpayer")
        {
            var somebody = TaxpayerRegistry.SomebodyElse(emission.Receptor.Rfc);
            var theirs = pac.Stamp(emission.Tickets, somebody.AsReceptor(), clock.GetUtcNow(), "decoy");
            Post(merchant, theirs, to, "Envío de su factura electrónica", "<p>Adjuntamos su comprobante.</p>", kind, due);
        }
    }

    private void Reply(Emission emission, string to, DateTimeOffset due)
    {
        var (from, subject) = (Sender(emission.Ticket.Merchant), "Envío de su factura electrónica");
        Lazy<byte[]> eml = new(() => Eml.Reply(from, to, subject, due, Eml.Write(from, to, subject, "<p>Adjuntamos su comprobante.</p>", due, emission, "nested_zip")));
        postbox.Add(new(Chance.Hex(12), emission.Ticket.Merchant.Portal, from, to, $"RE: {subject}", "reply", emission.Uuid, clock.GetUtcNow(), due, eml));
    }

    private void Post(Merchant merchant, Emission? emission, string to, string subject, string html, string form, DateTimeOffset due)
    {
        var from = Sender(merchant);
        Lazy<byte[]> eml = new(() => Eml.Write(from, to, subject, $"<p>{merchant.Brand}</p>{html}", due, emission, form));
        postbox.Add(new(Chance.Hex(12), merchant.Portal, from, to, subject, form, emission?.Uuid, clock.GetUtcNow(), due, eml));
    }

    private string Links(Emission emission, Post post, DateTimeOffset due)
    {
        string Address(bool xml) => $"{ports.AddressesOf(emission.Ticket.Merchant.Portal)[0]}{post.LinkPath}{links.Make(emission, xml, due, TimeSpan.FromDays(post.LinkDays))}";
        return $"<p>Descargue su factura, disponible {post.LinkDays} días:</p><p><a href=\"{Address(true)}\">Descargar XML</a> <a href=\"{Address(false)}\">Descargar PDF</a></p>";
    }

    private Fault? Strike(string portal, string kind, Emission emission) => faults.Strike(portal, kind, emission.Ticket);

    private static string Sender(Merchant merchant) => $"facturacion@{merchant.Portal}.test";

    private static double Number(string? value, double otherwise) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
