using System.Globalization;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>frmRFCEdita.aspx: changing the name posts back and clears the mail; choosing the régimen posts back and fills the usos.</summary>
public static class RfcEdit
{
    private static readonly string[] Kept = ["txtRazon", "txtEmail", "txtCodigoPostal", "ddlregimenFiscal", "ddlusoCFDI"];

    public static IResult Open(Visit visit)
    {
        if (visit.Session.Ticket is null || !visit.Session.Values.TryGetValue("rfc", out var rfc)) return ViewState.Expired(visit);
        var row = visit.Session.Values.TryGetValue("guardado", out var number) ? RfcList.Saved(rfc)[int.Parse(number, CultureInfo.InvariantCulture)] : null;
        return Draw(visit, "", ("txtRazon", row?.Nombre ?? ""), ("txtEmail", row?.Correo ?? ""), ("txtCodigoPostal", row?.Cp ?? visit.Session.Values["cp"]));
    }

    public static IResult PostBack(Visit visit)
    {
        if (ViewState.Stale(visit) is { } expired) return expired;
        if (visit.Session.Ticket is null) return ViewState.Expired(visit);
        if (ViewState.CausedBy(visit, "txtRazon") && visit.Field("__EVENTTARGET").Length > 0) return Draw(visit, "", ("txtEmail", ""));
        if (ViewState.CausedBy(visit, "ImageButton1"))
            return Draw(visit, visit.Field("txtCodigoPostal").Length == 5 ? "" : "El código postal no existe", ("colonia", visit.Field("txtCodigoPostal").Length == 5 ? "CENTRO" : ""));
        if (!ViewState.CausedBy(visit, "btnSi")) return Draw(visit, "");
        if (Typed.Missing(visit, ("txtRazon", "Nombre o Razón Social"), ("txtEmail", "E-mail"), ("txtCodigoPostal", "Código Postal"), ("ddlregimenFiscal", "Régimen Fiscal"), ("ddlusoCFDI", "Uso CFDI")) is { } label)
            return Draw(visit, $"Dato obligatorio: {label}");
        foreach (var field in Kept) visit.Session.Values[field] = visit.Field(field);
        return Results.Redirect("/frmPago.aspx");
    }

    /// <summary>What the wizard has typed so far.</summary>
    internal static Receptor? Receptor(Visit visit) => visit.Session.Values.TryGetValue("txtRazon", out var name)
        ? new(visit.Session.Values["rfc"], name, visit.Session.Values["txtCodigoPostal"], visit.Session.Values["ddlregimenFiscal"], visit.Session.Values["ddlusoCFDI"], visit.Session.Values["txtEmail"])
        : null;

    private static IResult Draw(Visit visit, string message, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var moral = visit.Session.Values["rfc"].Length == 12;
        var regimen = visit.Field("ddlregimenFiscal");
        return ViewState.Draw(visit, "edita", [("mensaje", message), ("rfc", visit.Session.Values["rfc"]),
            ("regimenes", Options.Of(SatCatalogs.Regimenes.Where(entry => SatCatalogs.RegimenFits(entry.Key, moral)), regimen)),
            ("usos", Options.Of(SatCatalogs.Usos.Where(entry => SatCatalogs.Allows(entry.Key, regimen, moral)).Where(_ => regimen.Length > 0), visit.Field("ddlusoCFDI"))), .. values]);
    }
}
