using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Mezquite;

/// <summary>«Buscar»: what counts is the combo's hidden state; a text typed and not picked is no station.</summary>
internal static class FindTicket
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        visit.Session.Ticket = null;
        if (Typed.Missing(visit, ("rstation_Input", "la estación"), ("despacho", "el despacho"), ("webId", "el Web ID")) is { } label)
            return InvoicePage.With(visit, $"Capture {label}");
        if (Picked(visit.Field("rstation_ClientState")) is not { } row) return InvoicePage.With(visit, "Ocurrió un error al procesar su solicitud");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket =>
            ticket.Folio == visit.Field("despacho") && ticket.Fields["estacion"] == Stations.CodeOf(row)
            && string.Equals(ticket.Fields["web_id"], visit.Field("webId"), StringComparison.OrdinalIgnoreCase));
        if (lookup.Standing == Standing.Open) visit.Session.Ticket = lookup.Ticket;
        return InvoicePage.With(visit, Answer(lookup, visit.Field("despacho")));
    }

    private static string? Picked(string state)
    {
        try
        {
            return state.Length == 0 ? null : JsonDocument.Parse(state).RootElement.GetProperty("value").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Answer(Lookup lookup, string folio) => lookup.Standing switch
    {
        Standing.Open => "Ticket validado correctamente",
        Standing.NotYet => $"El despacho todavía no se encuentra disponible, intente después de las {lookup.When!.Value.Minute()}",
        Standing.Expired => $"El periodo de 72 horas para facturar terminó el {lookup.When!.Value.Minute()}",
        Standing.Invoiced => $"Folio {folio} ya ha sido facturado.",
        _ => "Folio no encontrado en la estación seleccionada",
    };
}
