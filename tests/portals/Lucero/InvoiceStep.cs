using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Lucero;

/// <summary>«Facturar»: kind of sale, as printed, and use; the files go to the mail of the page before.</summary>
internal static class InvoiceStep
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        var kept = visit.Session.Values;
        if (visit.Session.Ticket is not { } ticket || !kept.TryGetValue("txtNombre", out var name)) return Wizard.Show(visit, "ticket", "Capture primero su ticket");
        if (Typed.Missing(visit, ("ddlTipoVenta", "tipo de venta"), ("ddlUsoCfdi", "uso de CFDI")) is { } label) return Show(visit, $"Seleccione {label}");
        if (visit.Field("ddlTipoVenta") != ticket.Fields["tipo_venta"]) return Show(visit, "El tipo de venta no corresponde a su ticket");
        var receptor = new Receptor(kept["rfc"], name, kept["txtCP"], kept["ddlRegimen"], visit.Field("ddlUsoCfdi"), kept["txtEmail"]);
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return CustomerStep.Show(visit, $"No se pudo generar su factura: {refusal}", new(name, receptor.PostalCode, receptor.Correo));
        if (issued.Emission is not { } emission) return Wizard.Show(visit, "ticket", "El ticket ya cuenta con una factura");
        mail.Send(emission, receptor.Correo, LuceroPortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty
            : Wizard.Show(visit, "gracias", $"Su factura fue procesada, la recibirá en {receptor.Correo}", ("texto", $"Comprobante {LuceroPortal.Shop.Serie}{ticket.Folio[^6..]}"));
    }

    internal static IResult Show(Visit visit, string alert) => Wizard.Show(visit, "venta", alert,
        ("tipos", Options.Of(LuceroPortal.SaleTypes.Select(kind => KeyValuePair.Create(kind, kind[0] + kind[1..].ToLowerInvariant())), visit.Field("ddlTipoVenta"), "Elija uno")),
        ("usos", Options.Of(SatCatalogs.Usos.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key}-{entry.Value}")), visit.Field("ddlUsoCfdi"), "Elija uno")));
}
