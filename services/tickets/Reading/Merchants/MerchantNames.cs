using System.Text.RegularExpressions;
using FuzzySharp;

namespace Invoicing.Tickets.Reading;

/// <summary>Names and aliases of the catalogue looked up in the head of the ticket, where merchants print theirs.</summary>
internal static partial class MerchantNames
{
    private const int HeadRows = 8;
    private const int FuzzyScore = 88;

    /// <summary>Shorter names (three or four letters) occur inside other words: they must stand as words of their own.</summary>
    private const int FuzzyLength = 8;

    public static List<Pointed> Match(IReadOnlyList<KnownMerchant> merchants, TicketReading reading)
    {
        var head = Head(reading).ToList();
        var found = merchants
            .Select(merchant => (Merchant: merchant, Best: Names(merchant).Select(name => Score(name, head)).Max()))
            .Where(entry => entry.Best.Confidence > 0).ToList();
        // The name of a sister brand may hold the shorter one: the longer name that was found in full is the more exact one.
        var longest = found.Select(entry => entry.Best).DefaultIfEmpty().Max();
        return [.. found.Where(entry => entry.Best == longest).Select(entry => new Pointed(entry.Merchant, entry.Best.Confidence))];
    }

    private static IEnumerable<string> Head(TicketReading reading)
    {
        var rows = reading.Text.Split('\n').Take(HeadRows);
        return reading.Fields.TryGetValue(FieldNames.Merchant, out var name) ? [.. rows.Append(name.Value).Select(Worded)] : rows.Select(Worded);
    }

    private static IEnumerable<string> Names(KnownMerchant merchant) =>
        merchant.Aliases.Append(merchant.Nombre).Select(Worded).Where(name => name.Length >= 3).DefaultIfEmpty("");

    /// <summary>Confidence first, then the length of the name that was found.</summary>
    private static (double Confidence, int Length) Score(string name, List<string> head)
    {
        if (name.Length == 0)
        {
            return default;
        }

        if (head.Exists(row => $" {row} ".Contains($" {name} ", StringComparison.Ordinal) || Skeleton.Of(row).Letters == Skeleton.Of(name).Letters))
        {
            return (.92, name.Length);
        }

        var best = name.Length < FuzzyLength ? 0 : head.Where(row => row.Length >= name.Length - 2).Select(row => Fuzz.PartialRatio(name, row)).DefaultIfEmpty().Max();
        return best >= FuzzyScore ? (.8, name.Length) : default;
    }

    /// <summary>Words in capitals with single blanks; the company's legal form says nothing of whose it is.</summary>
    private static string Worded(string text) =>
        Blanks().Replace(LegalForm().Replace(NotWords().Replace(Skeleton.Plain(text).Replace('_', ' '), " "), " "), " ").Trim();

    [GeneratedRegex(@"[^A-Z0-9&]+")]
    private static partial Regex NotWords();

    [GeneratedRegex(@"\bS A (?:B |P I )?DE C V\b|\bSA(?:B|PI)? DE CV\b|\bS DE R ?L(?: DE C ?V)?\b|\bSADECV\b")]
    private static partial Regex LegalForm();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
