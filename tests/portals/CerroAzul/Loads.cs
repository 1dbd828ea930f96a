using System.Globalization;
using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.CerroAzul;

/// <summary>The list of loads of one visitor, one CFDI for all of it, and its archive once more.</summary>
public static class Loads
{
    public static IResult Show(Visit visit)
    {
        Keep(visit, []);
        return visit.Page("facturar", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    public static IResult Add(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        var (reference, amount, list) = (Reference(visit), Typed.Amount(visit.Field("importe")), In(visit, ledger));
        if (reference.Length == 0 || amount is null) return No("Captura la referencia y el importe del consumo");
        if (list.Any(ticket => ticket.Folio == reference)) return No("El consumo ya se encuentra en la lista");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == reference && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        if (list.Any(ticket => ticket.FormaPago != lookup.Ticket!.FormaPago)) return No("Los consumos de una misma factura deben tener la misma forma de pago");
        Keep(visit, [.. list, lookup.Ticket!]);
        var item = lookup.Ticket!.Items[0];
        return Results.Json(new { ok = true, mensaje = "Consumo agregado", fila = (string[])[reference, lookup.Ticket.PurchasedAt.Minute(), item.Description, $"{item.Quantity.ToString("0.000", CultureInfo.InvariantCulture)} L", $"${lookup.Ticket.Fields["total"]}"] });
    }

    public static IResult Remove(Visit visit, TicketLedger ledger)
    {
        Keep(visit, [.. In(visit, ledger).Where(ticket => ticket.Folio != Reference(visit))]);
        return Results.Json(new { ok = true });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        var list = In(visit, ledger);
        if (list.Count == 0) return No("Agrega al menos un consumo");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Razón social"), ("cp", "Código postal"), ("regimen", "Régimen fiscal"), ("uso", "Uso CFDI"), ("correo", "Correo")) is { } label) return No($"{label} es requerido");
        if (visit.Field("correo") != visit.Field("correo2")) return No("El correo y su confirmación no coinciden");
        var issued = desk.IssueTogether(list, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"Error al timbrar. {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, list[0])));
        mail.Send(emission, visit.Field("correo"), CerroAzulPortal.ByMail);
        Keep(visit, []);
        return visit.LosesAnswer(emission.Ticket) ? Results.Empty : Done(visit, emission);
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == Reference(visit);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Done(visit, emission);
        return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El consumo está facturado a un RFC distinto" : "No hay facturas con esa referencia");
    }

    private static string Reference(Visit visit) => visit.Field("referencia").Replace(" ", "", StringComparison.Ordinal);

    private static List<Ticket> In(Visit visit, TicketLedger ledger) => [.. visit.Session.Values.GetValueOrDefault("consumos", "").Split(',').Select(ledger.ById).OfType<Ticket>()];

    private static void Keep(Visit visit, IReadOnlyList<Ticket> list)
    {
        visit.Session.Ticket = list.Count > 0 ? list[^1] : null;
        visit.Session.Values["consumos"] = string.Join(',', list.Select(ticket => ticket.Id));
    }

    private static IResult Done(Visit visit, Emission emission) => Results.Json(new { ok = true, mensaje = "", id = visit.Session.Hold(emission), uuid = emission.FileName });

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"El consumo todavía no está disponible para facturar. Estará disponible el {lookup.When!.Value.Minute()}",
        Standing.Expired => "El consumo tiene más de 15 días y ya no puede facturarse",
        Standing.Invoiced => "El consumo ya fue facturado",
        _ => "No se encontró el consumo",
    };
}
