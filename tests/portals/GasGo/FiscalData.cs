using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>POST api/datos «Mis datos fiscales»: the account's taxpayers and which one is active. POST api/activar changes it.</summary>
public static class FiscalData
{
    public static IResult Handle(Visit visit) => Results.Json(new
    {
        ok = true,
        mensaje = "",
        activo = visit.Session.Values["rfc"],
        datos = LogIn.AccountOf(visit)!.Rfcs.Select(rfc => Of(visit, rfc)).Select(receptor => new { rfc = receptor.Rfc, nombre = receptor.Nombre, cp = receptor.PostalCode, regimen = receptor.Regimen }),
    });

    public static IResult Activate(Visit visit)
    {
        var rfc = visit.Field("rfc");
        if (!LogIn.AccountOf(visit)!.Rfcs.Contains(rfc)) return Results.Json(new { ok = false, mensaje = "RFC no registrado en su cuenta" });
        visit.Session.Values["rfc"] = rfc;
        return Results.Json(new { ok = true, mensaje = "" });
    }

    /// <summary>As registered with SAT, or as it was years ago when a fault says so.</summary>
    internal static Receptor Of(Visit visit, string rfc)
    {
        var taxpayer = TaxpayerRegistry.Find(rfc)!;
        var receptor = taxpayer.AsReceptor() with { Correo = LogIn.AccountOf(visit)!.Correo };
        if (visit.Strike("stale_receptor") is null) return receptor;
        var stale = StaleCustomer.Of(taxpayer);
        return receptor with { Nombre = stale.Nombre, PostalCode = stale.Cp };
    }
}
