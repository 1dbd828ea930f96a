namespace Invoicing.BrowserAutomation.Engine;

/// <summary>The gist of a label: abbreviations written out, courtesies and articles left out. "Ingresa el No. de tu ticket" is "numero ticket".</summary>
public static class Labels
{
    private static readonly LabelEntry Known = Knowledge.Load<LabelEntry>("labels")[0];
    private static readonly Dictionary<string, string> Full = Known.Abbreviations.SelectMany(a => a.Value.Select(s => (Short: s, Long: a.Key))).ToDictionary(a => a.Short, a => a.Long);
    private static readonly HashSet<string> Fillers = [.. Known.Fillers];

    /// <param name="text">Normalised.</param>
    /// <returns>The text itself where nothing would be left of it.</returns>
    public static string Gist(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return words.Length == 1 ? Full.GetValueOrDefault(text, text) : text;
        }

        var gist = string.Join(' ', words.Select(w => Full.GetValueOrDefault(w, w)).Where(w => !Fillers.Contains(w)));
        return gist.Length > 0 ? gist : text;
    }
}

/// <param name="Abbreviations">Word → the ways it is cut short.</param>
/// <param name="Fillers">Words that tell nothing of the datum.</param>
public sealed record LabelEntry(IReadOnlyDictionary<string, IReadOnlyList<string>> Abbreviations, IReadOnlyList<string> Fillers, string Evidence, string Date);
