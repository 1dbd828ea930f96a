using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Altiplano;

/// <summary>POST api/validar: puts a code on the list and keeps it from every other session for 30 minutes.</summary>
public static class ReserveCode
{
    private const int Most = 20;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(30);

    public static IResult Handle(Visit visit, InvoiceDesk desk, Reservations reservations)
    {
        var code = visit.Field("codigo").Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        if (!Codes.Valid(code)) return No("Código inválido");
        var listed = visit.Session.Values.GetValueOrDefault("codigos", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (listed.Contains(code)) return No("El código ya se encuentra en su lista");
        if (listed.Length >= Most) return No($"Sólo puede agregar {Most} códigos");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == code);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        if (!reservations.Take($"{visit.Portal.Merchant.Portal}:{code}", visit.Session.Id, Span)) return No("El código ya se encuentra capturado");
        visit.Session.Ticket = lookup.Ticket;
        visit.Session.Values["codigos"] = string.Join(',', listed.Append(code));
        var ticket = lookup.Ticket!;
        return Results.Json(new { ok = true, mensaje = "Código agregado", codigo = code, plaza = ticket.Fields["plaza"], fecha = ticket.Fields["fecha"], importe = ticket.Fields["total"] });
    }

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"El cruce todavía no está disponible, intente más tarde ({lookup.When!.Value.Minute()})",
        Standing.Expired => $"El código caducó el {lookup.When!.Value.Day()}",
        Standing.Invoiced => "El código ya fue facturado. Consulte «Mis últimas facturas»",
        _ => "El código no existe",
    };
}
