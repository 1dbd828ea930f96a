using System.Globalization;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GrupoMesa;

/// <summary>The three questions before the invoice, in this order: RFC, ticket, date.</summary>
public static class ValidateSteps
{
    public static IResult Rfc(Visit visit)
    {
        var rfc = visit.Field("rfc").ToUpperInvariant();
        if (!Typed.LooksLikeRfc(rfc)) return new StepReply(10, "El RFC no es válido").Json();
        visit.Session.Values["rfc"] = rfc;
        return new StepReply(0, "", new { persona = rfc.Length == 12 ? "M" : "F" }).Json();
    }

    public static IResult Ticket(Visit visit, InvoiceDesk desk)
    {
        visit.Session.Ticket = null;
        if (!visit.Session.Values.ContainsKey("rfc")) return new StepReply(11, "Capture su RFC").Json();
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("ticket") && ticket.Fields["tienda"] == visit.Field("tienda"));
        if (lookup.Ticket is { } found && lookup.Standing != Standing.NotFound && found.Fields["marca"] != visit.Field("opc"))
            return new StepReply(23, "El ticket no pertenece a esta marca").Json();
        if (lookup.Standing == Standing.Open) visit.Session.Ticket = lookup.Ticket;
        return (lookup.Standing switch
        {
            Standing.Open => new StepReply(0, "Ticket válido"),
            Standing.NotYet => new(21, "Tu consumo aún no está disponible, intenta en unos minutos"),
            Standing.Expired => new(22, $"El periodo de facturación de 30 días ha vencido ({lookup.When!.Value.Day()})"),
            Standing.Invoiced => new(24, "El ticket ya fue facturado anteriormente"),
            _ => new StepReply(20, "No existe un consumo con la información capturada"),
        }).Json();
    }

    /// <summary>What is no date is taken for today, without a word.</summary>
    public static IResult Date(Visit visit, SimulatedClock clock)
    {
        if (visit.Session.Ticket is not { } ticket) return new StepReply(30, "Valide su ticket").Json();
        var day = DateTime.TryParseExact(visit.Field("fecha"), "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? visit.Field("fecha") : clock.GetUtcNow().Day();
        if (day != ticket.Fields["fecha"]) return new StepReply(31, $"La fecha {day} no corresponde al consumo").Json();
        visit.Session.Values["fecha"] = day;
        return new StepReply(0, "").Json();
    }
}
