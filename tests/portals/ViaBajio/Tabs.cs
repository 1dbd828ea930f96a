using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ViaBajio;

/// <summary>Inicio.aspx: the three tabs, the customer's data, the grid of all that was invoiced to the RFC.</summary>
public static class Tabs
{
    private static readonly Dictionary<string, string> Payments = new() { ["01"] = "Efectivo", ["02"] = "Cheque nominativo", ["03"] = "Transferencia electrónica de fondos", ["04"] = "Tarjeta de crédito", ["28"] = "Tarjeta de débito" };

    public static IResult Show(Visit visit)
    {
        if (Of(visit, "rfc").Length == 0) return Results.Redirect("/Portal/Acceso.aspx");
        Crossings.Keep(visit, []);
        return visit.Page("inicio", ("rfc", Of(visit, "rfc")), ("correo", Of(visit, "correo")), ("txtNombre", Of(visit, "nombre")), ("txtCp", Of(visit, "cp")), ("completo", Complete(visit) ? "true" : "false"), ("regimen", JsonSerializer.Serialize(Of(visit, "regimen"))),
            ("casetas", JsonSerializer.Serialize(ViaBajioPortal.Plazas.Select(plaza => new { v = plaza, t = plaza }))), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)), ("pagos", List(Payments)));
    }

    public static IResult Save(Visit visit)
    {
        if (Of(visit, "rfc").Length == 0) return Outside();
        if (Typed.Missing(visit, ("txtNombre", "Nombre / Razón social"), ("txtCp", "Código postal"), ("cmbRegimen", "Régimen fiscal")) is { } label) return No($"{label}: dato obligatorio");
        var values = visit.Session.Values;
        (values["nombre"], values["cp"], values["regimen"]) = (visit.Field("txtNombre"), visit.Field("txtCp"), visit.Field("cmbRegimen"));
        return Results.Json(new { ok = true, mensaje = "Sus datos fiscales se guardaron correctamente" });
    }

    public static IResult Invoices(Visit visit, TicketLedger ledger)
    {
        if (Of(visit, "rfc").Length == 0) return Outside();
        var mine = ledger.Emissions().Where(emission => emission.Ticket.Merchant == visit.Portal.Merchant && emission.Receptor.Rfc == Of(visit, "rfc")).Reverse().Take(100);
        return Results.Json(new
        {
            ok = true, mensaje = "",
            facturas = mine.Select(emission => new { id = visit.Session.Hold(emission), fecha = emission.EmittedAt.Minute(), cruces = string.Join(", ", emission.Tickets.Select(ticket => ticket.Folio)), uuid = emission.FileName, total = $"${Slip.Money(emission.Tickets.Sum(ticket => ticket.Total))}" }).ToList(),
        });
    }

    internal static string Of(Visit visit, string name) => visit.Session.Values.GetValueOrDefault(name, "");

    internal static bool Complete(Visit visit) => Of(visit, "nombre").Length > 0 && Of(visit, "cp").Length > 0 && Of(visit, "regimen").Length > 0;

    internal static IResult Outside() => Results.Json(new { ok = false, mensaje = "Su sesión ha terminado, ingrese nuevamente", ir = "/Portal/Acceso.aspx" });

    internal static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}" }));
}
