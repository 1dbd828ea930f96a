using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GrupoMesa;

/// <summary>GET /wwwroot?opc=: the brand's form, or the choice of brand for any other <c>opc</c>.</summary>
public static class BillingForm
{
    public static IResult Show(Visit visit, string? opc)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        if (opc is null || !GrupoMesaPortal.Brands.TryGetValue(opc, out var brand)) return visit.Page("marcas", ("mensaje", visit.Session.TakeNotice()));
        return visit.Page("formulario", ("opc", opc), ("marca", brand), ("mensaje", visit.Session.TakeNotice()),
            ("regimenes", Options.Of(SatCatalogs.Regimenes, "", "Régimen fiscal")), ("usos", Options.Of(SatCatalogs.Usos, "", "Uso de CFDI")));
    }
}
