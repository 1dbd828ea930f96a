using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>POST cliente.do: a moment after the RFC is left, the old data saved for it come back and overwrite what was typed.</summary>
public static class FindCustomer
{
    public static async Task<IResult> Handle(Visit visit, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(350), TimeProvider.System, cancellation);
        return TaxpayerRegistry.Find(visit.Field("rfc").ToUpperInvariant()) is { } taxpayer
            ? Results.Json(StaleCustomer.Of(taxpayer))
            : Results.NoContent();
    }
}
