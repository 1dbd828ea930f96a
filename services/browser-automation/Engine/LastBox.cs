using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>By elimination: one box of a part of the form says nothing known, and one datum of that part has no box.</summary>
public static partial class LastBox
{
    private const int ShortestName = 30;
    private static readonly string[] OfTicket = ["fecha", "total"];
    private static readonly string[] OfReceptor = ["razon_social", "codigo_postal", "correo"];

    public static IReadOnlyList<Mapped> Assign(IReadOnlyList<Mapped> map, Goal goal)
    {
        var receptor = map.Where(m => m.Group == "receptor").Select(m => m.Field.Order).DefaultIfEmpty(int.MaxValue).Min();
        var ticket = Take(map, OfTicket, m => m.Field.Order < receptor && map.Any(o => o is { Group: "ticket", Wanted: not null }), goal);
        return Take(ticket, OfReceptor, m => m.Field.Order > receptor && ticket.Any(o => o.Canonical == "rfc"), goal);
    }

    private static IReadOnlyList<Mapped> Take(IReadOnlyList<Mapped> map, string[] data, Func<Mapped, bool> inPart, Goal goal)
    {
        var boxes = map.Where(m => IsNameless(m) && inPart(m) && (m.Field.Required || !map.Any(o => o.Field.Required))).ToList();
        var left = data.Where(d => goal.ValueOf(d) is not null && !map.Any(m => Covers(m.Canonical, d))).ToList();
        return boxes is [var box] && left is [var datum] && Holds(box.Field, datum)
            ? [.. map.Select(m => m == box ? m with { Canonical = datum, Wanted = Values.For(datum, goal.ValueOf(datum)!, m.Field), Rivals = [] } : m)] : map;
    }

    private static bool IsNameless(Mapped m) => m is { Canonical: null, Field: { Kind: FieldKind.Text, Disabled: false, ReadOnly: false, Value.Length: 0 } } && m.Field.Type != "search"
        && !SomethingElse().IsMatch(Words.Normalise($"{m.Field.Caption} {m.Field.Placeholder} {m.Field.Name} {m.Field.Id}"));

    private static bool Covers(string? canonical, string datum) => canonical == datum || datum switch
    {
        "fecha" => canonical is "dia" or "mes" or "anio",
        "razon_social" => canonical is "nombres" or "apellidos" or "apellido_paterno",
        _ => false,
    };

    private static bool Holds(Field field, string datum) => datum switch
    {
        "razon_social" => field.MaxLength is null or >= ShortestName,
        "codigo_postal" => field.MaxLength is null or 5,
        "correo" => field.MaxLength is null or >= ShortestName,
        _ => field.MaxLength is null or >= 6,
    };

    [GeneratedRegex(@"opcional|cupon|promoc|coment|observ|mensaje|asunto|reserv|opinion|cuent|escribe|busca|usuario|captcha|imagen|contrasen|membres|monedero|descuento|telef|celular|calle|colonia|direccion|numero|referencia|otro|orden|puntos|socio|mesa|propina|hora|codigo|clave|folio")]
    private static partial Regex SomethingElse();
}
