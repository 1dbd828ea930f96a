using Invoicing.Fiscal;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Which entry of a list is the wanted value. Null when none is, or when several could be.</summary>
public static class OptionMatch
{
    /// <param name="sure">Only by number or the same words, for a list not yet seen to its end.</param>
    public static Choice? Pick(string canonical, string wanted, IReadOnlyList<Choice> options, bool sure = false)
    {
        var real = options.Where(o => !o.Disabled && !IsPlaceholder(o)).ToList();
        var found = SatText(canonical, wanted) is { } text ? BySatKey(canonical, wanted, text, real) : canonical switch
        {
            "mes" => ByMonth(wanted, real),
            "dia" => [.. real.Where(o => Words.Normalise(o.Text).TrimStart('0') == wanted.TrimStart('0'))],
            "comercio" => First(ByText(wanted, real, sure), sure ? [] : ByName(wanted, real)),
            _ => ByText(wanted, real, sure),
        };
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Nothing to choose from yet: empty, or only a "Seleccione…".</summary>
    public static bool IsEmpty(IReadOnlyList<Choice> options) => options.All(IsPlaceholder);

    /// <summary>What is on show already means the wanted value.</summary>
    public static bool Shows(string canonical, string wanted, string shown) => Pick(canonical, wanted, [new Choice(shown, "")]) is not null;

    public static bool IsPlaceholder(Choice option) =>
        Words.Normalise(option.Text) is var text && (text.Length == 0 || text.StartsWith("seleccion", StringComparison.Ordinal) || text.StartsWith("elige", StringComparison.Ordinal)
            || text.StartsWith("elija", StringComparison.Ordinal) || text.StartsWith("selecciona", StringComparison.Ordinal) || text is "ninguno" or "opcion" or "cargando");

    /// <summary>The field whose SAT catalogue the list is taken from, by its entries, or by what it has preset where it hides them; null when that is not clear.</summary>
    public static string? CatalogueOf(Field field)
    {
        var texts = field.Choices.Where(o => !IsPlaceholder(o)).Select(o => Words.Normalise(o.Text)).ToList();
        var shown = Words.Normalise(field.Value);
        return field.Kind == FieldKind.Combo ? Catalogues.Where(c => c.Entries.Exists(e => shown == e.Text || shown == $"{e.Key} {e.Text}")).Select(c => c.Field).FirstOrDefault()
            : Catalogues.Where(c => texts.Count(t => c.Entries.Exists(e => Words.Has(t, e.Text) || (t.Length >= 8 && e.Text.StartsWith(t, StringComparison.Ordinal)))) is >= 2 and var n && n >= 0.6 * texts.Count)
                .Select(c => c.Field).FirstOrDefault();
    }

    /// <summary>The words of one entry of the SAT catalogue, with or without its key, and hardly anything else.</summary>
    public static bool IsEntry(string catalogue, string text) => Words.Normalise(text) is var words && Catalogues.First(c => c.Field == catalogue).Entries
        .Exists(e => (Words.Has(words, e.Text) && words.Length <= e.Text.Length + 12) || (words.Length >= 8 && e.Text.StartsWith(words, StringComparison.Ordinal)) || (words.StartsWith($"{e.Key} ", StringComparison.Ordinal) && Likeness(words, e) >= Sure));

    // Above it two wordings mean the same entry, where no other comes near.
    private const double Sure = 0.7;
    private const double Margin = 0.15;

    private static double Likeness(string text, (string Key, string Text) entry)
    {
        var (said, official) = (Telling(text).Where(w => w != entry.Key).ToList(), Telling(entry.Text).ToList());
        return said.Count == 0 ? 0 : 2.0 * said.Count(w => official.Exists(o => Words.Akin(w, o))) / (said.Count + official.Count);
    }

    private static IEnumerable<string> Telling(string text) => Labels.Gist(text).Split(' ').Where(w => w.Length > 2).Distinct();

    // "Gastos generales" for "Gastos en general": nearer to the wanted entry than to any other of the catalogue.
    private static bool Resembles(string catalogue, string key, string text)
    {
        var ranked = Catalogues.First(c => c.Field == catalogue).Entries.Select(e => (e.Key, Score: Likeness(text, e))).OrderByDescending(e => e.Score).ToList();
        return ranked[0].Key == Words.Normalise(key) && ranked[0].Score >= Sure && ranked[0].Score - ranked[1].Score >= Margin;
    }

    private static readonly (string Field, List<(string Key, string Text)> Entries)[] Catalogues =
    [
        ("regimen_fiscal", [.. RegimenFiscal.All.Values.Select(r => (Words.Normalise(r.Key), Words.Normalise(r.Text)))]), ("uso_cfdi", [.. UsoCfdi.All.Values.Select(u => (Words.Normalise(u.Key), Words.Normalise(u.Text)))]),
        ("forma_pago", [.. Catalogue.FormaPago.Values.Select(f => (Words.Normalise(f.Key), Words.Normalise(f.Text)))]), ("metodo_pago", [.. Catalogue.MetodoPago.Values.Select(m => (Words.Normalise(m.Key), Words.Normalise(m.Text)))]),
    ];

    /// <summary>SAT's words for the key; null where the field is none of its catalogues.</summary>
    public static string? SatText(string canonical, string key) => canonical switch
    {
        "regimen_fiscal" => RegimenFiscal.All.GetValueOrDefault(key)?.Text,
        "uso_cfdi" => UsoCfdi.All.GetValueOrDefault(key)?.Text,
        "forma_pago" => Catalogue.FormaPago.GetValueOrDefault(key)?.Text,
        "metodo_pago" => Catalogue.MetodoPago.GetValueOrDefault(key)?.Text,
        _ => null,
    };

    // The key in the label, then the official text, then the text cut short, then the value; a portal's own numbers come last.
    private static List<Choice> BySatKey(string catalogue, string key, string text, List<Choice> options)
    {
        var code = Words.Normalise(key);
        var official = Words.Normalise(text);
        return First(
            options.Where(o => Words.Normalise(o.Text).Split(' ')[0] == code),
            options.Where(o => Words.Has(Words.Normalise(o.Text), code) && Words.Normalise(o.Text).Length < 12),
            options.Where(o => Words.Normalise(o.Text) == official),
            options.Where(o => Words.Normalise(o.Text) is { Length: >= 8 } t && (official.StartsWith(t, StringComparison.Ordinal) || t.StartsWith(official, StringComparison.Ordinal))),
            options.Where(o => Words.Normalise(o.Text).Split(' ')[^1] == code),
            options.Where(o => string.Equals(o.Value, key, StringComparison.OrdinalIgnoreCase)),
            options.Where(o => Resembles(catalogue, key, Words.Normalise(o.Text))));
    }

    private static List<Choice> ByText(string wanted, List<Choice> options, bool sure)
    {
        var text = Words.Normalise(wanted);
        var code = Words.Code(wanted);
        var words = text.Split(' ');
        var certain = First(
            options.Where(o => Words.Normalise(o.Text) == text),
            options.Where(o => Words.Code(o.Value) == code && code.Length > 0),
            options.Where(o => text.Any(char.IsAsciiDigit) && Words.Normalise(o.Text).Split(' ').Select(Bare).Contains(Bare(text))));
        return sure || certain.Count > 0 ? certain : First(
            options.Where(o => Words.Has(Words.Normalise(o.Text), text)),
            options.Where(o => text.Length >= 6 && Words.Normalise(o.Text) is { Length: >= 4 } t && Words.Has(text, t)),
            options.Where(o => words.Length > 1 && words.All(w => Words.Has(Words.Normalise(o.Text), w))));
    }

    private static readonly string[] Months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];

    private static List<Choice> ByMonth(string number, List<Choice> options) =>
        First(options.Where(o => Words.Normalise(o.Text).StartsWith(Months[int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - 1], StringComparison.Ordinal)), options.Where(o => Words.Normalise(o.Text).TrimStart('0') == number.TrimStart('0')));

    private static readonly HashSet<string> Legal = ["sociedad", "anonima", "capital", "variable", "responsabilidad", "limitada", "sapi", "grupo", "comercial", "comercializadora", "operadora", "servicios", "mexico", "tiendas", "restaurantes", "gasolinera"];

    // "Cafés del Sur" is "CAFES DEL SUR DE MEXICO SA DE CV": the company that shares the most telling words, when no other shares as many.
    private static List<Choice> ByName(string wanted, List<Choice> options)
    {
        var telling = Words.Normalise(wanted).Split(' ').Where(w => w.Length >= 4 && !Legal.Contains(w)).ToHashSet();
        var ranked = options.Select(o => (Option: o, Shared: Words.Normalise(o.Text).Split(' ').Distinct().Count(telling.Contains))).Where(r => r.Shared > 0).OrderByDescending(r => r.Shared).ToList();
        return ranked.Count == 0 || 2 * ranked[0].Shared < telling.Count ? [] : [.. ranked.TakeWhile(r => r.Shared == ranked[0].Shared).Select(r => r.Option)];
    }

    // "E12430" and "12430", "0075" and "75" name the same station.
    private static string Bare(string word) => word.TrimStart('e', '0') is { Length: > 0 } bare && bare.All(char.IsAsciiDigit) ? bare : word;

    private static List<Choice> First(params IEnumerable<Choice>[] rules) => rules.Select(r => r.ToList()).FirstOrDefault(r => r.Count > 0) ?? [];
}
