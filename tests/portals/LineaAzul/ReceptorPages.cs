using System.Text.Encodings.Web;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LineaAzul;

/// <summary>datos.jsp: the receptor, shown again on confirma. solicitar.jsp «SOLICITAR MI FACTURA»: emits.</summary>
public static class ReceptorPages
{
    private static readonly string[] Kept = ["nombre", "cp", "regimen", "uso", "correo"];

    /// <summary>POST datos.jsp «Verificar datos».</summary>
    public static IResult Data(Visit visit)
    {
        if (visit.Session.Ticket is null) return FirstPages.Start(visit);
        if (Typed.Missing(visit, ("nombre", "nombre, denominación o razón social"), ("cp", "C.P."), ("regimen", "régimen"), ("uso", "uso"), ("correo", "correo")) is { } label) return Show(visit, $"Capture {label}");
        if (visit.Field("avisoPrivacidad").Length == 0) return Show(visit, "Para continuar debe aceptar el aviso de privacidad");
        foreach (var field in Kept) visit.Session.Values[field] = visit.Field(field);
        return visit.Page("confirma", ("rfc", visit.Session.Values["rfc"]), ("regimen", SatCatalogs.Regimenes.GetValueOrDefault(visit.Field("regimen"), "")), ("uso", SatCatalogs.Usos.GetValueOrDefault(visit.Field("uso"), "")));
    }

    public static IResult Request(Visit visit, InvoiceDesk desk)
    {
        var kept = visit.Session.Values;
        if (visit.Session.Ticket is not { } ticket || !Kept.All(kept.ContainsKey)) return FirstPages.Start(visit);
        if (visit.Field("accion") == "modificar") return Show(visit, "", new(kept["nombre"], kept["cp"], kept["correo"]));
        var issued = desk.Issue(ticket, new(kept["rfc"], kept["nombre"], kept["cp"], kept["regimen"], kept["uso"], kept["correo"]));
        if (issued.Refusal is { } refusal) return Show(visit, $"Su solicitud no procedió. Motivo: {refusal}", new(kept["nombre"], kept["cp"], kept["correo"]));
        if (issued.Emission is not { } emission) return visit.Page("boleto", ("error", FirstPages.Answer(new(Standing.Invoiced, ticket))));
        visit.Session.Ticket = null;
        kept["proceso"] = "0";
        kept["listo"] = visit.Session.Hold(emission).ToString();
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Redirect("/efactura/proceso.jsp");
    }

    internal static IResult Show(Visit visit, string error, StaleCustomer? saved = null)
    {
        var regimenes = string.Concat(SatCatalogs.Regimenes.Select(entry =>
            $"<tr><td><input type=\"radio\" name=\"regimen\" value=\"{entry.Key}\"></td><td>{entry.Key}</td><td>{HtmlEncoder.Default.Encode(entry.Value)}</td></tr>"));
        var usos = Options.Of(SatCatalogs.Usos.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.ToUpperInvariant())), visit.Field("uso"), "[ELIJA]");
        return saved is null
            ? visit.Page("datos", ("error", error), ("regimenes", regimenes), ("usos", usos))
            : visit.Page("datos", ("error", error), ("regimenes", regimenes), ("usos", usos), ("nombre", saved.Nombre), ("cp", saved.Cp), ("correo", saved.Correo));
    }
}
