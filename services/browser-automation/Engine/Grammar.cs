namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Reads a caption by its parts, a verb and what it acts on ("Obtén tu CFDI", "Localizar mi compra"), where nobody has seen the phrase as a whole.</summary>
public static class Grammar
{
    private const int Longest = 8;
    private static readonly ILookup<string, GrammarEntry> Entries = Knowledge.Load<GrammarEntry>("grammar").Select(WithNouns).ToLookup(e => e.Role);
    private static readonly HashSet<string> Fillers =
        ["de", "del", "la", "el", "los", "las", "su", "sus", "tu", "tus", "mi", "mis", "un", "una", "al", "a", "en", "con", "y", "o", "para", "por", "favor", "aqui", "que", "se"];

    // What acts on a ticket acts on a sale by any name.
    private static GrammarEntry WithNouns(GrammarEntry entry) => entry.Objects.Contains("ticket")
        ? entry with { Objects = [.. entry.Objects.Union(Knowledge.Load<NounEntry>("nouns").First(n => n.Noun == "ticket").Words)] } : entry;

    /// <summary>0 when the caption says nothing of the role; never as sure as a phrase that was seen.</summary>
    /// <param name="caption">Normalised.</param>
    public static double Score(string caption, string role)
    {
        var words = caption.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > Longest)
        {
            return 0;
        }

        return Entries[role].Select(e => Score(words, e)).DefaultIfEmpty().Max();
    }

    // The verb comes first; each word that is neither makes it less sure.
    private static double Score(string[] words, GrammarEntry entry)
    {
        var verb = Array.FindIndex(words, w => entry.Verbs.Contains(w));
        var thing = verb < 0 ? -1 : Array.FindIndex(words, verb + 1, w => entry.Objects.Contains(w));
        if (thing < 0)
        {
            return 0;
        }

        var strange = words.Where((w, i) => i != verb && i != thing && !Fillers.Contains(w) && !entry.Objects.Contains(w) && !entry.Verbs.Contains(w)).Count();
        return Math.Max(0.5, 0.86 - (0.05 * strange) - (0.06 * verb));
    }
}

/// <param name="Verbs">Normalised, in the forms that stand on buttons.</param>
/// <param name="Objects">What the verb acts on.</param>
public sealed record GrammarEntry(string Role, IReadOnlyList<string> Verbs, IReadOnlyList<string> Objects, string Evidence, string Date);
