using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.CafeTinta;

/// <summary>POST charla/…: each answer brings bubbles, chips to choose from, and where the next answer goes.</summary>
public static class Talk
{
    private static readonly (string Name, string Question)[] Facts =
    [
        ("rfc", "¿Cuál es tu RFC?"), ("nombre", "¿Cómo aparece tu nombre o razón social en tu constancia?"), ("cp", "¿Cuál es el código postal de tu domicilio fiscal?"),
        ("regimen", "¿En qué régimen tributas?"), ("uso", "¿Qué uso le darás a tu factura?"), ("correo", "¿A qué correo te la mandamos?"),
    ];

    public static IResult Begin(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return Says(["¡Hola! Soy Tintina ☕, la asistente de Café Tinta.", "¿Qué necesitas?"],
            chips: [("Quiero facturar mi consumo", "cuenta"), ("Ya facturé, necesito mis archivos", "archivos"), ("Hablar con una persona", "persona")]);
    }

    public static IResult Account(Visit visit, InvoiceDesk desk)
    {
        var said = visit.Field("texto");
        if (visit.Field("chip").Length > 0) return Says(["¿Qué número de cuenta viene en tu ticket?"], "cuenta");
        if (!visit.Session.Values.TryGetValue("cuenta", out var account))
        {
            if (said.Length < 6 || !said.All(char.IsAsciiDigit)) return Says(["Mmm, el número de cuenta lleva sólo números. ¿Me lo repites?"], "cuenta");
            visit.Session.Values["cuenta"] = said;
            return Says(["Perfecto. ¿Cuánto pagaste en total?"], "cuenta");
        }

        var amount = Typed.Amount(said);
        visit.Session.Values.TryRemove("cuenta", out _);
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == account && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return Says([Answer(lookup)], chips: Begun);
        visit.Session.Ticket = lookup.Ticket;
        return Says([$"¡Listo, la encontré! Consumo del {lookup.Ticket!.PurchasedAt.Day()} por ${lookup.Ticket.Fields["total"]}", Facts[0].Question], "dato");
    }

    public static IResult Fact(Visit visit)
    {
        if (visit.Session.Ticket is null) return Begin(visit);
        var kept = visit.Session.Values;
        var at = Array.FindIndex(Facts, fact => !kept.ContainsKey(fact.Name));
        var said = visit.Field("texto");
        if (Wrong(Facts[at].Name, said) is { } wrong) return Says([wrong], "dato", Chips(visit, Facts[at].Name));
        kept[Facts[at].Name] = Facts[at].Name is "rfc" ? said.ToUpperInvariant() : Facts[at].Name is "regimen" or "uso" ? said.Split(' ')[0] : said;
        if (at + 1 < Facts.Length) return Says([Facts[at + 1].Question], "dato", Chips(visit, Facts[at + 1].Name));
        return Says(["Esto es lo que tengo:", string.Join("\n", Facts.Select(fact => $"• {fact.Name.ToUpperInvariant()}: {kept[fact.Name]}")), "¿Todo bien?"],
            chips: [("Sí, pide mi factura", "solicitar"), ("No, empezar de nuevo", "inicio")]);
    }

    public static IResult Emit(Visit visit, InvoiceDesk desk)
    {
        var kept = visit.Session.Values;
        if (visit.Session.Ticket is not { } ticket || !Facts.All(fact => kept.ContainsKey(fact.Name))) return Begin(visit);
        var issued = desk.Issue(ticket, new(kept["rfc"], kept["nombre"], kept["cp"], kept["regimen"], kept["uso"], kept["correo"]));
        if (issued.Refusal is { } refusal) return Says(["¡Ups! El SAT no aceptó tus datos.", refusal], chips: [("Volver a empezar", "inicio")]);
        if (issued.Emission is not { } emission) return Says([Answer(new(Standing.Invoiced, ticket))], chips: Begun);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Files(visit, emission, "¡Tu factura quedó lista! 🎉");
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        var (kept, said) = (visit.Session.Values, visit.Field("texto"));
        if (visit.Field("chip").Length > 0) return Says(["¿Qué número de cuenta viene en tu ticket?"], "archivos");
        if (!kept.TryGetValue("buscada", out var account))
        {
            kept["buscada"] = said;
            return Says(["¿Con qué RFC la pediste?"], "archivos");
        }

        kept.TryRemove("buscada", out _);
        bool Printed(Ticket ticket) => ticket.Folio == account;
        if (desk.Recover(visit.Portal.Merchant, said.ToUpperInvariant(), Printed) is { } emission) return Files(visit, emission, "Aquí la tienes:");
        return Says([ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "Esa cuenta se facturó, pero a un RFC diferente al tuyo." : "De esa cuenta no tengo ninguna factura."], chips: Begun);
    }

    internal static IResult Says(string[] bubbles, string? next = null, params (string Text, string Next)[] chips) =>
        Results.Json(new { burbujas = bubbles, sigue = next, opciones = chips.Select(chip => new { t = chip.Text, sigue = chip.Next }) });

    private static (string, string)[] Begun => [("Volver a empezar", "inicio"), ("Ya facturé, necesito mis archivos", "archivos")];

    private static IResult Files(Visit visit, Emission emission, string text) => Results.Json(new { burbujas = (string[])[text], archivos = visit.Session.Hold(emission), opciones = Array.Empty<object>() });

    private static (string, string)[] Chips(Visit visit, string fact)
    {
        var moral = visit.Session.Values.TryGetValue("rfc", out var rfc) && rfc.Length == 12;
        return fact switch
        {
            "regimen" => [.. SatCatalogs.Regimenes.Where(entry => SatCatalogs.RegimenFits(entry.Key, moral)).Select(entry => ($"{entry.Key} {entry.Value}", "dato"))],
            "uso" => [.. SatCatalogs.Usos.Where(entry => SatCatalogs.Allows(entry.Key, visit.Session.Values["regimen"], moral)).Select(entry => ($"{entry.Key} {entry.Value}", "dato"))],
            _ => [],
        };
    }

    private static string? Wrong(string fact, string said) => fact switch
    {
        "rfc" when !Typed.LooksLikeRfc(said.ToUpperInvariant()) => "Ese RFC no se ve bien, ¿lo revisas?",
        "cp" when said.Length != 5 || !said.All(char.IsAsciiDigit) => "El código postal son 5 números.",
        "regimen" when !SatCatalogs.Regimenes.ContainsKey(said.Split(' ')[0]) => "Elige uno de la lista, por favor.",
        "uso" when !SatCatalogs.Usos.ContainsKey(said.Split(' ')[0]) => "Elige uno de la lista, por favor.",
        "correo" when !said.Contains('@', StringComparison.Ordinal) => "¿Me lo escribes con arroba?",
        _ => said.Length == 0 ? "No te entendí." : null,
    };

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Esa cuenta apenas se cerró. Búscame otra vez después de las {lookup.When!.Value.Minute()} 🙏",
        Standing.Expired => "Esa cuenta ya no la puedo facturar: sólo hasta fin del mes siguiente al consumo 😔",
        Standing.Invoiced => "Esa cuenta ya la facturé 😉",
        _ => "No me aparece ninguna cuenta con ese número y ese total 🤔",
    };
}
