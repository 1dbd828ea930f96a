using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.SieteSoles;

/// <summary>POST rest/agregar: captcha and ticket together. A wrong answer empties the form; the third locks the ticket for 15 minutes.</summary>
public static class AddTicket
{
    private const int WrongAnswers = 3;
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    public static IResult Handle(Visit visit, InvoiceDesk desk, CaptchaDesk captchas, TicketLedger ledger, Reservations reservations)
    {
        var number = visit.Field("noTicket");
        if (number.Length != 35 || !number.All(char.IsAsciiDigit)) return No("Ticket inválido");
        var key = $"{visit.Portal.Merchant.Portal}:{number}";
        if (reservations.Held(key)) return No("Ticket bloqueado por intentos fallidos, intente más tarde (15 minutos)");
        if (captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("captcha")) != CaptchaVerdict.Right)
        {
            if (reservations.Count(key) >= WrongAnswers) Shut(reservations, key);
            return No("Captcha incorrecto", clears: true);
        }

        var cart = ShowCart.In(visit, ledger);
        if (cart.Any(ticket => ticket.Folio == number)) return No("Ticket ya agregado");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == number);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        if (cart.Any(ticket => ticket.Fields["fecha"] != lookup.Ticket!.Fields["fecha"])) return No("No es posible agrupar tickets de fechas distintas");
        reservations.Forget(key);
        ShowCart.Keep(visit, [.. cart, lookup.Ticket!]);
        return Results.Json(new { ok = true, mensaje = "", ticket = number, fecha = lookup.Ticket!.Fields["fecha"], total = lookup.Ticket.Fields["total"] });
    }

    private static void Shut(Reservations reservations, string key)
    {
        reservations.Take(key, "", Lock);
        reservations.Forget(key);
    }

    private static IResult No(string message, bool clears = false) => Results.Json(new { ok = false, mensaje = message, limpia = clears });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.Invoiced => $"Ticket facturado con folio {lookup.Ticket!.Emissions.Select(emission => emission.FileName[..8]).FirstOrDefault() ?? "SS-0"}",
        Standing.Expired => $"Ticket fuera de periodo, venció el {lookup.When!.Value.Day()}",
        Standing.NotYet => "El ticket todavía no está disponible, intente más tarde",
        _ => "Ticket no encontrado",
    };
}
