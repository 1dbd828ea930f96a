using System.Globalization;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>frmRFCLista.aspx «Seleccione su RFC»: up to three records saved for the RFC, none of which needs to be right.</summary>
public static class RfcList
{
    public sealed record Row(string Nombre, string Cp, string Correo);

    /// <summary>None, one, two or three, always the same for an RFC; only the third is what SAT knows.</summary>
    internal static IReadOnlyList<Row> Saved(string rfc)
    {
        if (TaxpayerRegistry.Find(rfc) is not { } taxpayer) return [];
        var stale = StaleCustomer.Of(taxpayer);
        Row[] rows = [new(stale.Nombre, stale.Cp, stale.Correo), new(taxpayer.Nombre, "44100", "compras@correo.test"), new(taxpayer.Nombre, taxpayer.PostalCode, "")];
        return rows[..(rfc.Sum(letter => letter) % 4)];
    }

    public static IResult Open(Visit visit)
    {
        if (visit.Session.Ticket is null || !visit.Session.Values.TryGetValue("rfc", out var rfc)) return ViewState.Expired(visit);
        var rows = Saved(rfc).Index().Select(row => visit.Fragment("renglon",
            ("numero", row.Index.ToString(CultureInfo.InvariantCulture)), ("orden", $"{row.Index + 2:00}"), ("rfc", rfc), ("nombre", row.Item.Nombre), ("cp", row.Item.Cp)));
        return ViewState.Draw(visit, "lista", ("renglones", string.Concat(rows)));
    }

    public static IResult PostBack(Visit visit)
    {
        if (ViewState.Stale(visit) is { } expired) return expired;
        if (!visit.Session.Values.TryGetValue("rfc", out var rfc)) return ViewState.Expired(visit);
        var rows = Saved(rfc);
        for (var i = 0; i < rows.Count; i++)
            if (ViewState.CausedBy(visit, $"lnkSeleccionar{i}")) visit.Session.Values["guardado"] = i.ToString(CultureInfo.InvariantCulture);
        return Results.Redirect("/frmRFCEdita.aspx");
    }
}
