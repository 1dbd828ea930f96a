using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LitroMil;

/// <summary>«Buscar»: station, folio and Web ID name the purchase.</summary>
internal static class FindTicket
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        visit.Session.Ticket = null;
        if (Typed.Missing(visit, ("cmbGasolineras", "estación"), ("txtDespacho", "folio"), ("txtIdentificador", "Web ID")) is { } label)
            return InvoicePage.With(visit, $"Debe indicar {label}");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket =>
            ticket.Folio == visit.Field("txtDespacho") && ticket.Fields["estacion"] == Stations.CodeOf(visit.Field("cmbGasolineras"))
            && string.Equals(ticket.Fields["web_id"], visit.Field("txtIdentificador"), StringComparison.OrdinalIgnoreCase));
        if (lookup.Standing == Standing.Open) visit.Session.Ticket = lookup.Ticket;
        return InvoicePage.With(visit, Answer(lookup, visit.Field("txtDespacho")));
    }

    private static string Answer(Lookup lookup, string folio) => lookup.Standing switch
    {
        Standing.Open => "Ticket validado correctamente",
        Standing.NotYet => $"El despacho todavía no está disponible para facturar, intente más tarde ({lookup.When!.Value.Minute()})",
        Standing.Expired => $"Folio vencido: el plazo de 72 horas terminó el {lookup.When!.Value.Minute()}",
        Standing.Invoiced => $"Folio {folio} ya ha sido facturado.",
        _ => "Folio no encontrado en la estación seleccionada",
    };
}
