using System.Globalization;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Liebana;

/// <summary>POST api/clientes: none to two saved clients of an RFC, masked. POST api/cliente loads one, with a postal code of years ago.</summary>
public static class SavedClients
{
    public static IResult List(Visit visit)
    {
        if (visit.Session.Ticket is null) return Results.Json(new { ok = false, mensaje = "Busca primero tu ticket" });
        var rfc = visit.Field("rfc").ToUpperInvariant();
        if (!Engine.Typed.LooksLikeRfc(rfc)) return Results.Json(new { ok = false, mensaje = "RFC inválido" });
        visit.Session.Values["rfc"] = rfc;
        var clients = Of(rfc).Select((client, i) => new { numero = i, nombre = Masked(client.Nombre), correo = Masked(client.Correo) });
        return Results.Json(new { ok = true, mensaje = "", moral = rfc.Length == 12, clientes = clients });
    }

    public static IResult Pick(Visit visit)
    {
        var clients = visit.Session.Values.TryGetValue("rfc", out var rfc) ? Of(rfc) : [];
        return int.TryParse(visit.Field("numero"), CultureInfo.InvariantCulture, out var number) && number >= 0 && number < clients.Length
            ? Results.Json(new { ok = true, mensaje = "", cliente = clients[number] })
            : Results.Json(new { ok = false, mensaje = "Cliente no disponible" });
    }

    /// <summary>The same number for an RFC every time.</summary>
    private static StaleCustomer[] Of(string rfc)
    {
        if (TaxpayerRegistry.Find(rfc) is not { } taxpayer) return [];
        var stale = StaleCustomer.Of(taxpayer);
        StaleCustomer[] saved = [stale with { Nombre = taxpayer.Nombre }, stale with { Nombre = taxpayer.Nombre, Cp = "64000" }];
        return saved[..(rfc.Sum(letter => letter) % 3)];
    }

    private static string Masked(string text) => string.Join(' ', text.Split(' ').Select(word => $"{word[0]}***"));
}
