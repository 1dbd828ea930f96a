using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Mezquite;

/// <summary>«Agregar» beside the RFC: from here on the other fiscal fields are kept.</summary>
internal static class AddRfc
{
    public static IResult Handle(Visit visit)
    {
        var rfc = visit.Field("inputRfc2").ToUpperInvariant();
        if (!Typed.LooksLikeRfc(rfc)) return InvoicePage.With(visit, "", "El R.F.C. no tiene un formato válido");
        visit.Session.Values["rfc"] = rfc;
        var saved = TaxpayerRegistry.Find(rfc) is { } taxpayer && visit.Strike("stale_receptor") is not null ? StaleCustomer.Of(taxpayer) : null;
        return InvoicePage.With(visit, "R.F.C. agregado, capture los datos restantes", "", saved);
    }
}
