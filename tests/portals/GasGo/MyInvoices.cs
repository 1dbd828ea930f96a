using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>POST api/facturas «Mis Facturas»: the account's CFDI, newest first, five a page; one appears 20 to 300 seconds after it was emitted.</summary>
public static class MyInvoices
{
    private const int PageSize = 5;

    public static IResult Handle(Visit visit, TicketLedger ledger, SimulatedClock clock)
    {
        var now = clock.GetUtcNow();
        var rfcs = LogIn.AccountOf(visit)!.Rfcs;
        var mine = ledger.Emissions().Where(emission => emission.Ticket.Merchant == visit.Portal.Merchant && rfcs.Contains(emission.Receptor.Rfc))
            .Where(emission => emission.EmittedAt + Delay(emission) <= now).OrderByDescending(emission => emission.EmittedAt).ToList();
        var page = int.TryParse(visit.Field("pagina"), out var number) && number > 0 ? number : 1;
        var shown = mine.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        foreach (var emission in shown) visit.Session.Hold(emission);
        return Results.Json(new
        {
            ok = true,
            mensaje = "",
            paginas = (mine.Count + PageSize - 1) / PageSize,
            renglones = shown.Select(emission => new
            {
                id = emission.Uuid, fecha = emission.EmittedAt.Minute(), rfc = emission.Receptor.Rfc, folio = emission.Ticket.Folio, total = emission.Ticket.Fields["total"],
            }),
        });
    }

    /// <summary>Always the same for a CFDI.</summary>
    private static TimeSpan Delay(Emission emission) => TimeSpan.FromSeconds(20 + (emission.Uuid.ToByteArray()[0] * 280 / 255));
}
