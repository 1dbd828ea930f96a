using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Nopalera;

/// <summary>GET api/customers: what was saved for an RFC, only under <c>stale_receptor</c>.</summary>
public static class FindCustomer
{
    public static IResult Handle(Visit visit, string? rfc) => TaxpayerRegistry.Find(rfc ?? "") is { } taxpayer && visit.Strike("stale_receptor") is not null
        ? Results.Json(StaleCustomer.Of(taxpayer))
        : Results.NoContent();
}
