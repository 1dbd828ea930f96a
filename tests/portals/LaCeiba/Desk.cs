using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaCeiba;

/// <summary>The desk for requests: find the note, ask with the word ACEPTO, look at the day's requests, rescue an old one.</summary>
public static class Desk
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("tramites", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("nota", "la nota"), ("fecha", "el día"), ("total", "lo que pagó"), ("pago", "cómo pagó")) is { } label) return No($"Nos falta {label}");
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, visit.Field("nota"), StringComparison.OrdinalIgnoreCase) && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        if (lookup.Ticket!.FormaPago != visit.Field("pago")) return No("Según nuestra caja usted pagó de otra manera");
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "" });
    }

    public static IResult Ask(Visit visit, InvoiceDesk desk, SimulatedClock clock)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Primero díganos cuál es su nota");
        if (Typed.Missing(visit, ("nombre", "el nombre"), ("cp", "el código postal"), ("regimen", "el régimen"), ("uso", "el uso"), ("correo", "el correo")) is { } label) return No($"Nos falta {label}");
        if (visit.Field("palabra") != "ACEPTO") return No("Escriba la palabra ACEPTO en mayúsculas");
        var rfc = (visit.Field("r1") + visit.Field("r2") + visit.Field("r3")).ToUpperInvariant();
        var issued = desk.Issue(ticket, new(rfc, visit.Field("nombre"), visit.Field("cp"), visit.Field("regimen"), visit.Field("uso"), visit.Field("correo")));
        if (issued.Refusal is { } refusal) return No($"Hacienda no aceptó los datos: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        Keep(visit, emission, clock.GetUtcNow());
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, mensaje = "Turnamos su petición" });
    }

    /// <summary>GET tramites/hoy: in work for four seconds, then to be had.</summary>
    public static IResult Today(Visit visit, SimulatedClock clock) => Results.Json(visit.Session.Values.Where(kept => Guid.TryParse(kept.Key, out _)).Select(kept =>
    {
        var parts = kept.Value.Split('|');
        return new { id = kept.Key, nota = parts[0], lista = clock.GetUtcNow().ToUnixTimeSeconds() - long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) >= 4 };
    }));

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, SimulatedClock clock)
    {
        bool Printed(Ticket ticket) => string.Equals(ticket.Folio, visit.Field("nota"), StringComparison.OrdinalIgnoreCase);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is not { } emission)
            return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "Esa nota se facturó a alguien más" : "Nadie ha pedido factura de esa nota");
        Keep(visit, emission, clock.GetUtcNow().AddSeconds(-10));
        return Results.Json(new { ok = true, mensaje = "La pusimos en su lista de hoy" });
    }

    private static void Keep(Visit visit, Emission emission, DateTimeOffset at) => visit.Session.Values[visit.Session.Hold(emission).ToString()] = $"{emission.Ticket.Folio}|{at.ToUnixTimeSeconds()}";

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = entry.Value }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"La caja todavía no nos pasa esa nota; vuelva hacia las {lookup.When!.Value.Minute()}",
        Standing.Expired => "Esa nota es de hace más de 25 días y ya no entra",
        Standing.Invoiced => "De esa nota ya salió factura. Búsquela en Rescatar",
        _ => "No damos con esa nota; revise número, día y total",
    };
}
