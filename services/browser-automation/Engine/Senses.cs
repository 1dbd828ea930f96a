using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A message in a wording that no pattern holds, told by the notions it brings together, in whatever order: a sale, an invoice, a lack, a time to come, a time gone by.</summary>
public static partial class Senses
{
    private const int Longest = 300;
    private static readonly SenseEntry[] Entries = [.. Knowledge.Load<SenseEntry>("senses")];
    private static readonly Dictionary<string, NotionEntry> Notions = Knowledge.Load<NotionEntry>("notions").ToDictionary(n => n.Notion);

    /// <summary>Null when the notions do not make up one meaning.</summary>
    public static Meaning? Of(string text)
    {
        if (text.Length > Longest || text.TrimStart().StartsWith('¿'))
        {
            return null;
        }

        var sentences = Sentence().Split(text).Where(s => !s.Contains('?', StringComparison.Ordinal)).Select(s => Words.Normalise(s).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(s => s.Length > 1).ToList();
        var sense = Entries.FirstOrDefault(e => sentences.Exists(s => e.All.All(n => Has(s, n)) && !e.None.Any(n => Has(s, n))));
        return sense is null ? null : new Meaning(sense.Class, null, text, Sensed: true);
    }

    // One of several notions may do: "plazo|pasado".
    private static bool Has(string[] words, string notions) => notions.Split('|').Any(n => n == "<ticket>" ? words.Any(Messages.IsNoun) : Holds(Notions[n], words));

    private static bool Holds(NotionEntry notion, string[] words) => words.Any(w => notion.Words.Contains(w) || notion.Stems.Any(s => w.StartsWith(s, StringComparison.Ordinal)));

    [GeneratedRegex(@"(?<=[.!?;])\s+")]
    private static partial Regex Sentence();
}

/// <param name="All">Notions that must be in one sentence; "a|b": one of them.</param>
/// <param name="None">Notions that rule it out.</param>
public sealed record SenseEntry(string Class, IReadOnlyList<string> All, IReadOnlyList<string> None, string Evidence, string Date);

/// <param name="Words">Whole words, normalised.</param>
/// <param name="Stems">Beginnings of words.</param>
public sealed record NotionEntry(string Notion, IReadOnlyList<string> Words, IReadOnlyList<string> Stems, string Evidence, string Date);
