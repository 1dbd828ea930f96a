using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LitroMil;

/// <summary>«Agregar» beside the RFC: from here on the other fiscal fields count.</summary>
internal static class AddRfc
{
    public static IResult Handle(Visit visit)
    {
        var rfc = visit.Field("txtRfc").ToUpperInvariant();
        if (!Typed.LooksLikeRfc(rfc)) return InvoicePage.With(visit, "R.F.C. inválido");
        visit.Session.Values["rfc"] = rfc;
        var saved = TaxpayerRegistry.Find(rfc) is { } taxpayer && visit.Strike("stale_receptor") is not null ? StaleCustomer.Of(taxpayer) : null;
        return InvoicePage.With(visit, "R.F.C. agregado, complete sus datos", saved);
    }
}
