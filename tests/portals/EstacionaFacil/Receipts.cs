using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.EstacionaFacil;

/// <summary>The list of receipts, one invoice for all of them, and its mail once more.</summary>
public static class Receipts
{
    private const string List = "recibos";

    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values[List] = "";
        return visit.Page("factura", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("estacionamientos", JsonSerializer.Serialize(EstacionaFacilPortal.CarParks.Select(name => new { v = name, t = name }))),
            ("regimenes", JsonSerializer.Serialize(SatCatalogs.Regimenes.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}", f = SatCatalogs.RegimenFits(entry.Key, moral: false), m = SatCatalogs.RegimenFits(entry.Key, moral: true) }))),
            ("usos", JsonSerializer.Serialize(SatCatalogs.Usos.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}" }))));
    }

    public static IResult Add(Visit visit, InvoiceDesk desk)
    {
        var total = Typed.Amount(visit.Field("monto"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, visit.Field("recibo"), StringComparison.OrdinalIgnoreCase) && ticket.Fields["sucursal"] == visit.Field("estacionamiento") && ticket.Fields["fecha"] == visit.Field("salida") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        var ticket = lookup.Ticket!;
        if (Listed(visit).Contains(ticket.Id)) return No("Ese recibo ya está en tu lista");
        visit.Session.Ticket = ticket;
        visit.Session.Values[List] = string.Join(',', Listed(visit).Append(ticket.Id));
        return Results.Json(new { ok = true, mensaje = "", id = ticket.Id, recibo = ticket.Folio, estacionamiento = ticket.Fields["sucursal"], total = ticket.Fields["total"] });
    }

    public static IResult Remove(Visit visit)
    {
        visit.Session.Values[List] = string.Join(',', Listed(visit).Where(id => id != visit.Field("id")));
        return Results.Json(new { ok = true, mensaje = "" });
    }

    public static IResult Request(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        Ticket[] tickets = [.. Listed(visit).Select(ledger.ById).OfType<Ticket>()];
        if (tickets.Length == 0) return No("Agrega al menos un recibo");
        if (visit.Field("privacidad") != "1") return No("Debes aceptar el aviso de privacidad");
        var receptor = visit.Receptor();
        if (receptor.Rfc.Length != (visit.Field("persona") == "moral" ? 12 : 13)) return No("El RFC no corresponde al tipo de persona seleccionado");
        var issued = desk.IssueTogether(tickets, receptor);
        if (issued.Refusal is { } refusal) return Results.Json(new { ok = false, alerta = $"No pudimos generar tu factura. {InOwnWords(refusal)}" });
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, tickets[0])));
        mail.Send(emission, receptor.Correo, EstacionaFacilPortal.ByMail);
        visit.Session.Ticket = null;
        visit.Session.Values[List] = "";
        return visit.LosesAnswer(tickets[0]) ? Results.Empty : Results.Json(new { ok = true, solicitud = $"EF-{emission.FileName[..8]}", correo = receptor.Correo });
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => string.Equals(ticket.Folio, visit.Field("recibo"), StringComparison.OrdinalIgnoreCase);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is not { } emission)
            return Results.Json(new { ok = false, alerta = ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "Este recibo se encuentra facturado con otro RFC." : "Este recibo no tiene factura." });
        mail.Send(emission, visit.Field("correo"), EstacionaFacilPortal.ByMail);
        return Results.Json(new { ok = true, correo = visit.Field("correo") });
    }

    private static string[] Listed(Visit visit) => visit.Session.Values.GetValueOrDefault(List, "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    /// <summary>The site tells its customers nothing of codes.</summary>
    private static string InOwnWords(string refusal) => refusal switch
    {
        _ when refusal.Contains("campo Nombre", StringComparison.Ordinal) => "El nombre o razón social no es igual al que tiene registrado el SAT para tu RFC.",
        _ when refusal.Contains("DomicilioFiscal", StringComparison.Ordinal) => "El código postal no corresponde a tu domicilio fiscal registrado en el SAT.",
        _ when refusal.Contains("RegimenFiscal", StringComparison.Ordinal) => "El régimen fiscal seleccionado no corresponde a tu RFC.",
        _ when refusal.Contains("UsoCFDI", StringComparison.Ordinal) => "El uso de CFDI seleccionado no está permitido para tu régimen fiscal.",
        _ => "Tu RFC no se encuentra inscrito en el SAT.",
    };

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu pago todavía se está conciliando. Agrega este recibo a partir de las {lookup.When!.Value.Minute()}",
        Standing.Expired => "La vigencia de 5 días para facturar este recibo terminó",
        Standing.Invoiced => "Este recibo ya está facturado. Si no recibiste el correo usa la opción Reenviar factura",
        _ => "Recibo no encontrado. Revisa estacionamiento, folio, fecha y monto",
    };
}
