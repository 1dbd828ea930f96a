using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Fields whose label says nothing known, and codes of the ticket that no field has asked for: brought together by their shape, or because one of each is left.</summary>
public static partial class Leftovers
{
    private const int ShortestCode = 4;
    private static readonly HashSet<string> NoCodes =
        ["fecha", "hora", "total", "subtotal", "iva", "forma_pago", "forma_pago_texto", "metodo_pago", "rfc_emisor", "merchant", "comercio", "marca", "url_facturacion", "caja", "asiento", "folio_fiscal", "folio_solicitud"];

    public static IReadOnlyList<Mapped> Assign(IReadOnlyList<Mapped> map, Goal goal, History history) => LastBox.Assign(WithPlace(WithCodes(map, goal, history), goal), goal);

    // One list beside the ticket's data that nobody has taught us, and a shop that no field asks for: it is chosen from the list or, where it is not there, asked of a person.
    private static IReadOnlyList<Mapped> WithPlace(IReadOnlyList<Mapped> map, Goal goal)
    {
        var receptor = map.Where(m => m.Group == "receptor").Select(m => m.Field.Order).DefaultIfEmpty(int.MaxValue).Min();
        var lists = map.Where(m => m is { Canonical: null, Field: { Kind: FieldKind.Select or FieldKind.Combo, Disabled: false } } && m.Field.Order < receptor && Filling.IsBlank(m.Field)
            && (m.Field.Required || !map.Any(o => o.Field.Required))).ToList();
        if (lists is not [{ Field: var list }] || (goal.ValueOf("sucursal") ?? goal.ValueOf("estacion")) is not { } place
            || map.Any(m => Vocabulary.Find(m.Canonical)?.Place == true) || !map.Any(m => m.Group == "ticket" && m.Wanted is not null)
            || (list.Kind == FieldKind.Select && OptionMatch.Pick("sucursal", place, list.Choices) is null))
        {
            return map;
        }

        return [.. map.Select(m => m.Field == list ? m with { Canonical = "sucursal", Wanted = place } : m)];
    }

    private static IReadOnlyList<Mapped> WithCodes(IReadOnlyList<Mapped> map, Goal goal, History history)
    {
        var fields = map.Where(m => IsOpenQuestion(m, map)).ToList();
        var codes = fields.Count == 0 ? [] : Codes(map, fields, goal, history);
        if (codes.Count == 0)
        {
            return map;
        }

        var pairs = new Dictionary<string, KeyValuePair<string, string>>();
        foreach (var code in codes)
        {
            var fitting = fields.Where(m => IsMadeFor(m.Field, code.Value)).ToList();
            if (fitting is [var only] && codes.Count(c => IsMadeFor(only.Field, c.Value)) == 1)
            {
                pairs[only.Field.Key] = code;
            }
        }

        var (left, over) = (fields.Where(m => !pairs.ContainsKey(m.Field.Key)).ToList(), codes.Where(c => !pairs.ContainsValue(c)).ToList());
        if (left is [var last] && over is [var rest] && Holds(last.Field, rest.Value))
        {
            pairs[last.Field.Key] = rest;
        }

        return pairs.Count == 0 ? map : [.. map.Select(m => pairs.TryGetValue(m.Field.Key, out var code) ? As(m, code) : m)];
    }

    private static Mapped As(Mapped m, KeyValuePair<string, string> code)
    {
        var canonical = m.Group == "ticket" ? m.Canonical! : Vocabulary.Find(code.Key) is null ? "dato" : code.Key;
        return m with { Canonical = canonical, Wanted = Values.For(canonical, code.Value, m.Field), Rivals = [] };
    }

    // Empty, asked for, and of the ticket's part. A box that hides what is typed is a password only beside a user's name.
    private static bool IsOpenQuestion(Mapped m, IReadOnlyList<Mapped> map)
    {
        var hidden = m is { Canonical: "contrasena", Score: < 0.7 } && !map.Any(o => o.Field.Form == m.Field.Form && (o.Canonical == "usuario" || (o.Canonical is "correo" or "rfc" && o.Field.Order < m.Field.Order)));
        return m.Field is { Kind: FieldKind.Text or FieldKind.Password, Disabled: false, ReadOnly: false, Value.Length: 0 } && m.Field.Type is not ("email" or "date" or "time")
            && ((m.Canonical is null && m.Field.Kind == FieldKind.Text) || hidden || m is { Group: "ticket", Wanted: null, Ambiguous: false } && !NoCodes.Contains(m.Canonical!) && Vocabulary.Find(m.Canonical)?.Place != true)
            && (m.Field.Required || !map.Any(o => o.Field.Required)) && !Elsewhere().IsMatch(Words.Normalise($"{m.Field.Caption} {m.Field.Placeholder} {m.Field.Name}"));
    }

    private static List<KeyValuePair<string, string>> Codes(IReadOnlyList<Mapped> map, List<Mapped> fields, Goal goal, History history)
    {
        var asked = map.Where(m => m.Wanted is not null).Select(m => Words.Code(m.Wanted)).ToHashSet();
        var here = fields.Select(f => f.Field.Key).ToHashSet();
        // A search for the invoice asks once more what the form was told.
        var typed = history is { Consulting: true, Reentering: false } ? [] : history.Typed.Ticket.Where(t => !here.Contains(t.Key)).Select(t => Words.Code(t.Value)).ToHashSet();
        return [.. goal.Ticket.Where(t => !NoCodes.Contains(t.Key) && Vocabulary.Find(t.Key)?.Place != true && (Vocabulary.Find(t.Key)?.Group ?? "ticket") == "ticket")
            .Where(t => Words.Code(t.Value) is { Length: >= ShortestCode } code && code.Any(char.IsAsciiDigit) && !asked.Contains(code) && !typed.Contains(code) && !asked.Any(a => a.Length >= ShortestCode && code.Contains(a, StringComparison.Ordinal)))
            .DistinctBy(t => Words.Code(t.Value))];
    }

    private static bool Holds(Field field, string value) =>
        (field.MaxLength is not { } max || Words.Code(value).Length <= max) && (field.Pattern is null || Values.IsOfPattern(Values.For("dato", value, field), field));

    // Its length, pattern or example is that of the code and hardly of anything else.
    private static bool IsMadeFor(Field field, string value)
    {
        var code = Words.Code(value);
        return Holds(field, value) && ((field.MaxLength is { } max && code.Length >= 5 && (max == code.Length || (code.Length >= 12 && max - code.Length == 1) || max == value.Trim().Length))
            || (field.Pattern is not null && code.Length >= 5) || (code.Length >= 5 && Shape(field.Placeholder) == Shape(value) && field.Placeholder.Any(char.IsAsciiDigit)));
    }

    private static string Shape(string text) => new([.. Words.Code(text).Select(c => char.IsAsciiDigit(c) ? '9' : 'A')]);

    [GeneratedRegex(@"\b(fechas?|dia|hora|monto|importe|total|valor|cantidad|ano|mes)\b|opcional|cupon|promoc|coment|observ|tus datos|sus datos|contact|mensaje|asunto|reserv|opinion|cuentanos|escribe aqui|telefono|celular|busca|usuario|nombre|calle|colonia|captcha|imagen|contrasena nueva|membresia|monedero|descuento")]
    private static partial Regex Elsewhere();
}
