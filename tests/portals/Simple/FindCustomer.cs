using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Simple;

/// <summary>GET /cliente: what the shop had saved for an RFC. Normally nothing; with <c>stale_receptor</c>, old data.</summary>
public static class FindCustomer
{
    public static IResult Handle(Visit visit, string? rfc) =>
        TaxpayerRegistry.Find(rfc ?? "") is { } taxpayer && visit.Strike("stale_receptor") is not null
            ? Results.Json(StaleCustomer.Of(taxpayer))
            : Results.NoContent();
}
