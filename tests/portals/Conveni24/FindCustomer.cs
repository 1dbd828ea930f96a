using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>On leaving the RFC: the name saved years ago replaces the name field.</summary>
internal static class FindCustomer
{
    public static IResult Handle(Visit visit)
    {
        if (TaxpayerRegistry.Find(visit.Field("rfc").ToUpperInvariant()) is not { } taxpayer) return new PartialResponse().Result();
        var saved = StaleCustomer.Of(taxpayer);
        return new PartialResponse().Update("form:grpRazon", visit.Fragment("razon", ("nombre", saved.Nombre))).Result();
    }
}
