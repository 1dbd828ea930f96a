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

    /// <summary>Merchants whose name or alias stands in the head as it is.</summary>
    public static List<Pointed> Match(IReadOnlyList<KnownMerchant> merchants, TicketReading reading) => Best(merchants, reading, Exact, .92);

    /// <summary>Merchants whose name is nearly there: print and recogniser lose letters.</summary>
    public static List<Pointed> Near(IReadOnlyList<KnownMerchant> merchants, TicketReading reading) => Best(merchants, reading, Alike, .8);

    private static List<Pointed> Best(IReadOnlyList<KnownMerchant> merchants, TicketReading reading, Func<string, List<string>, bool> found, double confidence)
    {
        var head = Head(reading).ToList();
        var named = merchants
            .Select(merchant => (Merchant: merchant, Length: Names(merchant).Where(name => found(name, head)).Select(name => name.Length).DefaultIfEmpty().Max()))
            .Where(entry => entry.Length > 0).ToList();
        // The name of a sister brand may hold the shorter one: the longer name that was found in full is the more exact one.
        var longest = named.Select(entry => entry.Length).DefaultIfEmpty().Max();
        return [.. named.Where(entry => entry.Length == longest).Select(entry => new Pointed(entry.Merchant, confidence))];
    }

    /// <summary>The first rows without what was bought; a row that is an address counts only for a name at its beginning (there are streets called Liverpool).</summary>
    private static IEnumerable<string> Head(TicketReading reading)
    {
        var rows = reading.Text.Split('\n').Take(HeadRows).Where(row => !Price().IsMatch(row) && !Web().IsMatch(row));
        var all = reading.Fields.TryGetValue(FieldNames.Merchant, out var name) ? rows.Append(name.Value) : rows;
        return all.Select(Worded).Select(row => Address().Match(row) is { Success: true } street ? row[..street.Index] : row).Where(row => row.Length > 0);
    }

    private static IEnumerable<string> Names(KnownMerchant merchant) =>
        merchant.Aliases.Append(merchant.Nombre).Select(Worded).Where(name => name.Length >= 3).DefaultIfEmpty("");

    private static bool Exact(string name, List<string> head) =>
        name.Length > 0 && head.Exists(row => $" {row} ".Contains($" {name} ", StringComparison.Ordinal) || Skeleton.Of(row).Letters == Skeleton.Of(name).Letters);

    private static bool Alike(string name, List<string> head) =>
        name.Length >= FuzzyLength && head.Exists(row => row.Length >= name.Length - 2 && Fuzz.PartialRatio(name, row) >= FuzzyScore);

    /// <summary>Words in capitals with single blanks; the company's legal form says nothing of whose it is.</summary>
    private static string Worded(string text) =>
        Blanks().Replace(LegalForm().Replace(NotWords().Replace(Skeleton.Plain(text).Replace('_', ' '), " "), " "), " ").Trim();

    [GeneratedRegex(@"[^A-Z0-9&]+")]
    private static partial Regex NotWords();

    [GeneratedRegex(@"\bS A (?:B |P I )?DE C V\b|\bSA(?:B|PI)? DE CV\b|\bS DE R ?L(?: DE C ?V)?\b|\bSADECV\b")]
    private static partial Regex LegalForm();

    [GeneratedRegex(@"\d[.,]\d{2}(?!\d)")]
    private static partial Regex Price();

    [GeneratedRegex(@"https?:|www\.|\.(?:com|mx|net|cloud)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Web();

    [GeneratedRegex(@"\b(?:CALLE|AV|AVE|AVENIDA|BLVD|BOULEVARD|CALZ|CALZADA|COL|COLONIA|CARR|CARRETERA|ESQ|ESQUINA|FRACC|C P|CP)\b")]
    private static partial Regex Address();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
