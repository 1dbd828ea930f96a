using System.Globalization;
using Invoicing.Fiscal;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Cloud;

/// <summary>
/// A reading from outside, weighed against our own. It may settle a doubt of ours where something here bears it out: the print as we saw it, a check
/// digit, a sum. It never replaces what was surely read here, and what nothing bears out stays in doubt, so that a person is asked.
/// </summary>
internal static class CrossCheck
{
    /// <summary>Our own readings above this stand.</summary>
    private const double Sure = .85;

    /// <summary>Two engines read the same.</summary>
    private const double Agreed = .9;

    private const double BorneOut = .85;

    /// <summary>Under what jobs takes for doubtful.</summary>
    private const double InDoubt = .5;

    /// <summary>The fields after the second look, and those that it settled.</summary>
    /// <param name="seen">All that was read here, letter by letter.</param>
    /// <param name="reads">The engine reads letters; false for one that composes an answer, whose claims count only when borne out.</param>
    public static (Dictionary<string, ReadField> Fields, List<string> Settled) Weigh(
        IReadOnlyDictionary<string, ReadField> own, IReadOnlyDictionary<string, ReadField> claimed, string seen, bool reads)
    {
        var (fields, settled, letters) = (own.ToDictionary(f => f.Key, f => f.Value), new List<string>(), Skeleton.Of(seen).Letters);
        foreach (var (name, claim) in claimed)
        {
            var mine = own.GetValueOrDefault(name);
            var weighed = Weigh(name, mine, claim, IsBorneOut(name, claim.Value, mine, claimed, letters), reads);
            if (weighed is not null)
            {
                fields[name] = weighed;
            }

            if ((mine is null || mine.Confidence < Sure) && weighed?.Confidence >= Sure)
            {
                settled.Add(name);
            }
        }

        return (fields, settled);
    }

    private static ReadField? Weigh(string name, ReadField? mine, ReadField claim, bool borneOut, bool reads)
    {
        if (mine is null)
        {
            return borneOut ? claim with { Confidence = BorneOut } : reads ? claim with { Confidence = Math.Min(claim.Confidence, InDoubt) } : null;
        }

        if (mine.Value == claim.Value)
        {
            return mine with { Confidence = Math.Max(mine.Confidence, Agreed) };
        }

        return mine.Confidence < Sure && borneOut
            ? new ReadField(claim.Value, BorneOut, Others(mine.Value, mine.Alternatives, claim.Value))
            : mine with { Confidence = mine.Confidence < Sure ? Math.Min(mine.Confidence, InDoubt) : mine.Confidence, Alternatives = Others(claim.Value, mine.Alternatives, mine.Value) };
    }

    private static bool IsBorneOut(string name, string value, ReadField? mine, IReadOnlyDictionary<string, ReadField> claimed, string seen) => name switch
    {
        FieldNames.RfcEmisor => Rfc.Inspect(value) is { CheckDigitValid: true, Kind: RfcKind.Fisica or RfcKind.Moral } && (mine is null || Shows(seen, value)),
        FieldNames.Fecha => FieldPlaces.DateShapes(value).Any(shape => Shows(seen, shape)),
        FieldNames.Total => Shows(seen, value) || Adds(claimed),
        FieldNames.Subtotal or FieldNames.Iva => Shows(seen, value),
        _ => Shows(seen, value) || mine?.Alternatives.Contains(value) == true,
    };

    /// <summary>Look-alikes make no difference: which of them it is, is just what the second engine is asked.</summary>
    private static bool Shows(string seen, string value) => Skeleton.Of(value).Letters is { Length: >= 3 } letters && seen.Contains(letters, StringComparison.Ordinal);

    private static bool Adds(IReadOnlyDictionary<string, ReadField> claimed)
    {
        decimal? Amount(string name) => claimed.TryGetValue(name, out var field) && decimal.TryParse(field.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null;
        return Amount(FieldNames.Subtotal) is { } net && Amount(FieldNames.Iva) is { } tax and > 0 && Amount(FieldNames.Total) == net + tax;
    }

    private static IReadOnlyList<string> Others(string first, IReadOnlyList<string> rest, string chosen) => [.. rest.Prepend(first).Where(other => other != chosen).Distinct()];
}
