using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A field of the page and what belongs in it.</summary>
/// <param name="Canonical">Null when its label says nothing known.</param>
/// <param name="Wanted">Already in the portal's own format; null when the value is not known.</param>
/// <param name="Rivals">More than one: the label fits several values that differ; a person decides.</param>
public sealed record Mapped(Field Field, string? Canonical, string? Wanted, double Score, IReadOnlyList<string> Rivals)
{
    public bool Ambiguous => Rivals.Count > 1;

    public string Group => Vocabulary.Find(Canonical)?.Group ?? "";
}

/// <summary>Labels of a page ↔ canonical fields. Ambiguous stays ambiguous: nothing is guessed here.</summary>
public static partial class FieldMap
{
    private const double TooClose = 0.04;

    /// <param name="learned">Key of <see cref="Recipe.FieldKey"/> → canonical field, from a run that ended well.</param>
    public static IReadOnlyList<Mapped> Of(IReadOnlyList<Field> fields, Goal goal, IReadOnlyDictionary<string, string>? learned = null)
    {
        var mapped = fields.Where(f => !f.IsTick && f.Kind != FieldKind.File).OrderBy(f => f.Order).Select(f => Map(f, goal, learned)).ToList();
        return FieldParts.Assign(WithoutDoubles(mapped), goal);
    }

    private static Mapped Map(Field field, Goal goal, IReadOnlyDictionary<string, string>? learned)
    {
        if (Own(field, goal.Answers) is { } answered)
        {
            return new Mapped(field, "dato", Values.For("dato", answered, field), 1, []);
        }

        // A list of payment forms is one, whatever stands above it.
        if (OptionMatch.CatalogueOf(field) is { } catalogue)
        {
            return Fill(field, catalogue, 1, [], goal);
        }

        // "Para confirmar escriba la palabra ACEPTO".
        if (field.Kind == FieldKind.Text && Word().Match(field.Caption) is { Success: true } word)
        {
            return new Mapped(field, "dato", word.Groups[1].Value, 1, []);
        }

        // "¿Cuánto es 4 + 8?" asks whether somebody is there.
        if (field.Kind == FieldKind.Text && Captcha.Sum.Of(field.Caption) is not null)
        {
            return new Mapped(field, "captcha", null, 1, []);
        }

        var ranked = Vocabulary.Entries.Select(e => (e.Field, Score: Vocabulary.Score(e, field))).Where(r => r.Score >= Vocabulary.Threshold).OrderByDescending(r => r.Score).ToList();
        if ((learned?.GetValueOrDefault(Recipe.FieldKey(field)) ?? ToldOf(field, goal.Labels)) is { } known && Vocabulary.Find(known) is not null && !Contradicted(known, ranked))
        {
            return Fill(field, known, 1, [], goal);
        }

        if (ranked.Count == 0 || (ranked[0].Score < 0.8 || Vocabulary.IsGroup(ranked[0].Field, "ticket")) && Own(field, goal.Ticket) is not null)
        {
            return Own(field, goal.Ticket) is { } own ? new Mapped(field, "dato", Values.For("dato", own, field), 1, []) : new Mapped(field, null, null, 0, []);
        }

        var close = ranked.TakeWhile(r => r.Score >= ranked[0].Score - TooClose).Select(r => r.Field).ToList();
        // "Día" under the heading "Fecha de compra": its own label goes before what stands around it.
        close = close.Where(c => Vocabulary.IsCalled(c, field.Label)).ToList() is { Count: > 0 } called ? called : close;
        var valued = close.Where(c => goal.ValueOf(c) is not null).ToList();
        var distinct = valued.Select(goal.ValueOf).Distinct().Count();
        return Fill(field, valued.FirstOrDefault() ?? close[0], ranked[0].Score, distinct > 1 ? valued : [], goal);
    }

    // A merchant's metadata speak of ticket data alone: whose invoice it is they do not touch.
    private static string? ToldOf(Field field, IReadOnlyDictionary<string, IReadOnlyList<string>>? labels)
    {
        if (labels is not { Count: > 0 })
        {
            return null;
        }

        var names = Names(field);
        return labels.Where(l => Vocabulary.IsGroup(l.Key, "ticket") && l.Value.Any(v => names.Contains(Labels.Gist(Words.Normalise(v))))).Select(l => l.Key).FirstOrDefault();
    }

    // What was learned is believed where the label says nothing clear, or the same.
    private static bool Contradicted(string known, List<(string Field, double Score)> ranked) =>
        ranked.Count > 0 && ranked[0].Score >= 0.8 && !ranked.Exists(r => r.Field == known && r.Score >= ranked[0].Score - 0.3);

    private static Mapped Fill(Field field, string canonical, double score, IReadOnlyList<string> rivals, Goal goal) =>
        new(field, canonical, rivals.Count > 1 || goal.ValueOf(canonical) is not { } value ? null : Values.For(canonical, value, field), score, rivals);

    /// <summary>A value filed under the portal's own label, as clients and people may give it.</summary>
    private static string? Own(Field field, IReadOnlyDictionary<string, string> values)
    {
        var names = Names(field);
        return values.Where(v => Vocabulary.Find(v.Key) is null && v.Value.Length > 0 && names.Contains(Labels.Gist(Words.Normalise(v.Key)))).Select(v => v.Value).FirstOrDefault();
    }

    private static HashSet<string> Names(Field field) =>
        [.. new[] { field.Label, field.Near, field.Placeholder, field.Name, field.Id }.Select(n => Labels.Gist(Words.Normalise(n))).Where(n => n.Length > 0)];

    /// <summary>One ticket value is not typed into two fields: the one whose label fits best keeps it.</summary>
    private static List<Mapped> WithoutDoubles(List<Mapped> mapped)
    {
        var taken = new Dictionary<string, Mapped>();
        foreach (var m in mapped.Where(m => m.Group == "ticket" && m.Wanted is not null && m.Canonical is not ("fecha" or "total" or "hora")).OrderByDescending(m => m.Score))
        {
            taken.TryAdd($"{m.Field.Form}:{Words.Code(m.Wanted)}", m);
        }

        return [.. mapped.Select(m => m.Group == "ticket" && m.Wanted is not null && m.Canonical is not ("fecha" or "total" or "hora")
            && taken[$"{m.Field.Form}:{Words.Code(m.Wanted)}"] is var keeper && keeper != m && keeper.Canonical != m.Canonical ? m with { Wanted = null } : m)];
    }

    [GeneratedRegex(@"(?i:escrib\w*|tecle\w*|digit\w*|anot\w*|captur\w*|ingres\w*) (?i:la palabra):? ?[«""'“]?([A-ZÁÉÍÓÚÑ]{4,12})\b(?![:.])")]
    private static partial Regex Word();
}
