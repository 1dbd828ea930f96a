using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Canonical fields and the labels they were seen under.</summary>
public static partial class Vocabulary
{
    /// <summary>Below this a label says nothing.</summary>
    public const double Threshold = 0.5;

    private const double Head = 0.08;
    private const double AtMost = 0.92;

    public static IReadOnlyList<VocabularyEntry> Entries { get; } = Knowledge.Load<VocabularyEntry>("vocabulary");

    private static readonly Dictionary<string, VocabularyEntry> ByField = Entries.ToDictionary(e => e.Field);

    private static readonly Dictionary<string, string[]> Gists = Entries.ToDictionary(e => e.Field, e => e.Phrases.Select(Labels.Gist).Distinct().ToArray());

    public static VocabularyEntry? Find(string? canonical) => canonical is null ? null : ByField.GetValueOrDefault(canonical);

    /// <summary>The label is one of the entry's phrases, word for word.</summary>
    public static bool IsCalled(string canonical, string label) => Words.Normalise(label) is { Length: > 0 } words && ByField[canonical].Phrases.Contains(words);

    public static bool IsGroup(string? canonical, string group) => Find(canonical)?.Group == group;

    /// <summary>How much the field looks like the entry, 0 to about 1.</summary>
    public static double Score(VocabularyEntry entry, Field field)
    {
        var label = Words.Normalise(field.Label);
        var near = Words.Normalise(field.Near);
        if (entry.Not is { } not && not.Any(n => Excludes(label.Length > 0 ? label : near, n)))
        {
            return 0;
        }

        var spoken = new[] { Text(entry, label), Abbreviated(entry, field.Label), 0.97 * Text(entry, near), 0.97 * Abbreviated(entry, field.Near), 0.95 * Text(entry, Words.Normalise(field.Title)), 0.92 * Text(entry, Words.Normalise(field.Placeholder)) }.Max();
        var named = 0.85 * Math.Max(Named(entry, field.Name), Named(entry, field.Id));
        var best = Math.Max(spoken, named) + (spoken > 0 && named > 0 ? 0.04 : 0);
        return Math.Max(best, ByShape(entry, field)) * Fitness(entry, field);
    }

    private static double Text(VocabularyEntry entry, string text) => Math.Max(AsItStands(entry, text), 0.98 * ByGist(entry, Labels.Gist(text)));

    // A field goes by its own name, too: "TC#" is tc.
    private static double AsItStands(VocabularyEntry entry, string text) =>
        entry.Exact?.Contains(text) == true || text == entry.Field.Replace('_', ' ') ? 1 : entry.Phrases.Where(p => entry.Exact?.Contains(p) != true).Select(p => Likeness(text, p)).DefaultIfEmpty().Max();

    private static double ByGist(VocabularyEntry entry, string gist) =>
        Gists[entry.Field].Where(p => entry.Exact?.Contains(p) != true || p == gist).Select(p => Math.Max(Likeness(gist, p), InAnyOrder(gist, p))).DefaultIfEmpty().Max();

    // All words of the phrase in another order or form: "Factura: código" is "codigo de facturacion".
    private static double InAnyOrder(string gist, string phrase)
    {
        var (said, words) = (gist.Split(' '), phrase.Split(' '));
        return words.Length >= 2 && Array.TrueForAll(words, w => said.Any(s => Words.Akin(s, w))) ? 0.5 + (0.3 * words.Length / said.Length) : 0;
    }

    // What a label is about comes first: "Fecha del recibo" is a date, "Folio de la venta" a folio.
    private static double Likeness(string text, string phrase) =>
        Words.Likeness(text, phrase) is var likeness && text.StartsWith($"{phrase} ", StringComparison.Ordinal) ? Math.Max(likeness, Math.Min(AtMost, likeness + Head)) : likeness;

    // "Transacción (TR)": what stands in brackets is the name as the ticket prints it.
    private static double Abbreviated(VocabularyEntry entry, string label) =>
        label.IndexOf('(', StringComparison.Ordinal) is > 0 and var from && label.IndexOf(')', from) is > 0 and var to && Words.Normalise(label[(from + 1)..to]) is { Length: >= 2 } inside && entry.Phrases.Contains(inside) ? 0.97 : 0;

    private static double Named(VocabularyEntry entry, string name)
    {
        if (name.Length == 0)
        {
            return 0;
        }

        var words = Words.Normalise(name);
        var squeezed = words.Replace(" ", "", StringComparison.Ordinal);
        return (entry.Names ?? []).Select(n => Math.Max(Words.Likeness(words, n), Tail(squeezed, n.Replace(" ", "", StringComparison.Ordinal)))).DefaultIfEmpty().Max();
    }

    // "txtrfc", "formfolio": glued prefixes, for words long enough not to meet by chance.
    private static double Tail(string squeezed, string name) =>
        name.Length >= 3 && squeezed.EndsWith(name, StringComparison.Ordinal) ? 0.62 + (0.3 * name.Length / squeezed.Length) : name.Length >= 5 && squeezed.Contains(name, StringComparison.Ordinal) ? 0.6 : 0;

    private static double ByShape(VocabularyEntry entry, Field field) => entry.Field switch
    {
        "busqueda" when field.Type == "search" => 0.7,
        "correo" when field.Type == "email" || field.Placeholder.Contains('@', StringComparison.Ordinal) => 0.6,
        "fecha" when field.Type == "date" || Words.Normalise(field.Placeholder) is "dd mm aaaa" or "dd mm yyyy" or "dd mm aa" or "aaaa mm dd" or "yyyy mm dd" => 0.55,
        "total" when field.Placeholder.StartsWith('$') || field.Placeholder is "0.00" or "000.00" => 0.55,
        "rfc" when RfcShape().IsMatch(field.Placeholder) => 0.6,
        "contrasena" when field.Kind == FieldKind.Password => 0.52,
        _ => 0,
    };

    // A list of régimes is chosen from, a name is typed; a label that fits both is decided by that.
    private static double Fitness(VocabularyEntry entry, Field field)
    {
        var listed = field.Kind is FieldKind.Select or FieldKind.Combo;
        return entry.Field is "regimen_fiscal" or "uso_cfdi" or "forma_pago" or "metodo_pago" ? (listed || field.Kind == FieldKind.Typeahead ? 1 : 0.9)
            // "Empresa" over a list is the merchant's, over a box the receptor's.
            : entry.Field == "comercio" ? (listed || field.Kind == FieldKind.Typeahead ? 1 : 0.6)
            : listed && !entry.Place && entry.Group is "receptor" or "captcha" or "acceso" && listed ? 0.6 : 1;
    }

    private static bool Excludes(string label, string word) =>
        word.Contains(' ', StringComparison.Ordinal) ? Words.Has(label, word) : $" {label}".Contains($" {word}", StringComparison.Ordinal);

    [GeneratedRegex(@"^(ej\w*[.:]? ?)?[A-ZÑ&]{3,4}-?\d{6}-?[A-Z0-9]{3}$", RegexOptions.IgnoreCase)]
    private static partial Regex RfcShape();
}
