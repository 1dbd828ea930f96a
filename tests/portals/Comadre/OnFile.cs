using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Comadre;

/// <summary>What the platform has on file of a taxpayer. Companies: the name with its kind, an old postal code. People: right, but for the use.</summary>
internal sealed record OnFile(string Nombre, string Cp, string Regimen, string Uso)
{
    public static OnFile? Of(Visit visit, string rfc)
    {
        if (TaxpayerRegistry.Find(rfc) is not { } taxpayer) return null;
        var stale = StaleCustomer.Of(taxpayer);
        return taxpayer.IsMoral || visit.Strike("stale_receptor") is not null
            ? new(stale.Nombre, stale.Cp, taxpayer.Regimenes[0], "G01")
            : new(taxpayer.Nombre, taxpayer.PostalCode, taxpayer.Regimenes[0], "S01");
    }
}
