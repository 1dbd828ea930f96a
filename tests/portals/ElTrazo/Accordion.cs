using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ElTrazo;

/// <summary>The three parts of the page: the purchase, whom it is for, the invoice.</summary>
public static class Accordion
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("facturacion", ("token", Token(visit)), ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())),
            ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Value} ({entry.Key})")), "", "Selecciona una opción")),
            ("usos", Options.Of(SatCatalogs.Usos.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Value} ({entry.Key})")), "", "Selecciona una opción")));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Stranger(visit)) return Expired();
        if (Typed.Missing(visit, ("ticket", "número de ticket"), ("codigo", "código de facturación"), ("total", "total")) is { } label) return No($"El campo {label} es obligatorio.");
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("ticket") && ticket.Total == total && ticket.Fields["codigo_facturacion"].Equals(visit.Field("codigo"), StringComparison.OrdinalIgnoreCase));
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, fecha = lookup.Ticket!.PurchasedAt.Minute(), total = lookup.Ticket.Fields["total"] });
    }

    /// <summary>On file is what the last invoice to this RFC carried.</summary>
    public static IResult Customer(Visit visit, TicketLedger ledger)
    {
        var rfc = visit.Field("rfc").ToUpperInvariant();
        if (Stranger(visit)) return Expired();
        if (!Typed.LooksLikeRfc(rfc)) return No("El formato del RFC no es válido.");
        if (visit.Strike("stale_receptor") is not null && TaxpayerRegistry.Find(rfc) is { } taxpayer && StaleCustomer.Of(taxpayer) is var old)
            return Results.Json(new { ok = true, encontrado = true, nombre = old.Nombre, cp = old.Cp, regimen = taxpayer.Regimenes[0], uso = "G01", correo = old.Correo });
        return ledger.LastTo(visit.Portal.Merchant, rfc)?.Receptor is { } known
            ? Results.Json(new { ok = true, encontrado = true, nombre = known.Nombre, cp = known.PostalCode, regimen = known.Regimen, uso = known.Uso, correo = known.Correo })
            : Results.Json(new { ok = true, encontrado = false });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (Stranger(visit)) return Expired();
        if (visit.Session.Ticket is not { } ticket) return No("Primero valida los datos de tu compra.");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "nombre o razón social"), ("cp", "código postal"), ("regimen", "régimen fiscal"), ("uso", "uso de CFDI"), ("correo", "correo electrónico")) is { } label) return No($"El campo {label} es obligatorio.");
        if (visit.Field("acepto").Length == 0) return No("El campo acepto debe ser aceptado.");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"Ocurrió un error al generar tu factura: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        mail.Send(emission, visit.Field("correo"), ElTrazoPortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, url = $"/facturacion/factura/{visit.Session.Hold(emission)}" });
    }

    /// <summary>What every form of the site must send back.</summary>
    internal static string Token(Visit visit) => visit.Session.Values.GetOrAdd("_token", _ => Chance.Hex(40));

    internal static bool Stranger(Visit visit) => visit.Field("_token") != Token(visit);

    private static IResult Expired() => Results.Json(new { ok = false, mensaje = "La página expiró por inactividad. Recarga e inténtalo de nuevo." }, statusCode: 419);

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu compra podrá facturarse 24 horas después de realizada. Inténtalo después del {lookup.When!.Value.Minute()}.",
        Standing.Expired => "El periodo para facturar esta compra ha finalizado.",
        Standing.Invoiced => "Este ticket ya cuenta con una factura. Ve a «Descargar factura» para obtenerla.",
        _ => "Los datos ingresados no corresponden a ninguna compra. Verifica tu ticket.",
    };
}
