using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.PosadaVirrey;

/// <summary>The panels for a stay, its invoice, and copies of it.</summary>
public static class Stay
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.NewLook();
        return visit.Page("facturacion", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("hoteles", JsonSerializer.Serialize(PosadaVirreyPortal.Hotels.Select(name => new { v = name, t = name }))),
            ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)), ("factura", visit.Fragment("factura")));
    }

    public static IResult ShowCopies(Visit visit)
    {
        visit.NewLook();
        return visit.Page("duplicados", ("factura", visit.Fragment("factura")));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, visit.Field("confirmacion"), StringComparison.OrdinalIgnoreCase) && ticket.Fields["sucursal"] == visit.Field("hotel") && ticket.Fields["fecha"] == visit.Field("salida") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "" });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Consulte primero su estancia.");
        if (visit.Field("confirmo") != "1") return No("Debe confirmar que sus datos son correctos.");
        if (!Typed.LooksLikeRfc(visit.Field("rfc").ToUpperInvariant())) return No("El RFC no tiene la estructura correcta.");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"El comprobante fue rechazado durante el timbrado ({refusal})");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Done(visit, emission);
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => string.Equals(ticket.Folio, visit.Field("confirmacion"), StringComparison.OrdinalIgnoreCase);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Done(visit, emission);
        return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "La factura de esta estancia se expidió a nombre de otro contribuyente." : "No hay facturas expedidas para esa confirmación.");
    }

    private static IResult Done(Visit visit, Emission emission) => Results.Json(new { ok = true, mensaje = "", id = visit.Session.Hold(emission), uuid = emission.FileName });

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Value} ({entry.Key})" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"La cuenta de su estancia está en auditoría. Podrá facturarla a partir del {lookup.When!.Value.Minute()}.",
        Standing.Expired => "Han transcurrido más de 60 días naturales desde su salida, por lo que su estancia no puede facturarse en línea.",
        Standing.Invoiced => "Ya se expidió la factura de esta estancia. Obtenga una copia en Duplicados.",
        _ => "Los datos no coinciden con ninguna estancia. Verifique hotel, confirmación, fecha de salida y total.",
    };
}
