using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Comadre;

/// <summary>POST /: code, folio and RFC; then the page that shows what is on file and asks for a mail.</summary>
public static class FindBill
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        var (code, folio, rfc) = (visit.Field("CodigoUnicoTicket"), visit.Field("FolioTicket"), visit.Field("RFC").ToUpperInvariant());
        if (code.Length == 0 || folio.Length == 0) return Show(visit, "Ingresa el código único y el folio de tu ticket");
        if (!Typed.LooksLikeRfc(rfc)) return Show(visit, "El RFC no tiene un formato válido");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == folio && HasCode(ticket, visit));
        if (lookup.Standing != Standing.Open) return Show(visit, Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        visit.Session.Values["rfc"] = rfc;
        return Customer(visit, "", OnFile.Of(visit, rfc));
    }

    internal static bool HasCode(Ticket ticket, Visit visit) => string.Equals(ticket.Fields["codigo_facturacion"], visit.Field("CodigoUnicoTicket"), StringComparison.OrdinalIgnoreCase);

    internal static IResult Show(Visit visit, string message) => visit.Page("inicio", ("mensaje", message));

    /// <summary>The data on file are folded away; without any they are open and empty.</summary>
    internal static IResult Customer(Visit visit, string message, OnFile? file = null)
    {
        var (name, postal, regimen, use) = file ?? new(visit.Field("Nombre"), visit.Field("CodigoPostal"), visit.Field("Regimen"), visit.Field("UsoCfdi"));
        return visit.Page("datos",
            ("mensaje", message), ("total", visit.Session.Ticket?.Fields["total"] ?? ""), ("rfc", visit.Session.Values.GetValueOrDefault("rfc", "")),
            ("Nombre", name), ("CodigoPostal", postal), ("plegado", name.Length > 0 ? "collapse" : ""), ("resumen", name.Length > 0 ? "" : "collapse"),
            ("regimenes", Options.Of(Listed(SatCatalogs.Regimenes), regimen, "Selecciona")), ("usos", Options.Of(Listed(SatCatalogs.Usos), use, "Selecciona")));
    }

    private static IEnumerable<KeyValuePair<string, string>> Listed(IReadOnlyDictionary<string, string> catalogue) =>
        catalogue.Select(entry => KeyValuePair.Create(entry.Key, $"({entry.Key}) {entry.Value}"));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => "Tu cuenta aún no ha sido cerrada por el restaurante, intenta más tarde",
        Standing.Expired => $"Tu ticket ha vencido, tenías hasta el {lookup.When!.Value.Day()} para facturarlo",
        Standing.Invoiced => "Este ticket ya ha sido facturado. Si perdiste tu factura puedes reimprimirla",
        _ => "El ticket es inválido, revisa el código y el folio",
    };
}
