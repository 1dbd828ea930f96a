using System.Text.Json;
using System.Text.RegularExpressions;
using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.Exam;

/// <summary>What the knowledge says that only one portal's pages bear out.</summary>
public static partial class OwnKnowledge
{
    /// <summary>Phrases, names and patterns that occur in the pages or messages of this portal and of no other simulated one.</summary>
    /// <param name="sources">Folder of the simulated portals' sources.</param>
    public static IReadOnlyList<string> Of(string portal, string sources)
    {
        var texts = Directory.GetDirectories(sources).Where(d => Directory.Exists(Path.Combine(d, "Pages")) && !d.EndsWith("Engine", StringComparison.Ordinal))
            .ToDictionary(d => Path.GetFileName(d), TextsOf, StringComparer.OrdinalIgnoreCase);
        var folder = portal.Replace("-", "", StringComparison.Ordinal);
        var mine = texts[folder];
        var others = texts.Where(t => !string.Equals(t.Key, folder, StringComparison.OrdinalIgnoreCase)).SelectMany(t => t.Value).ToHashSet();
        return [.. Phrases().Where(p => Borne(p, mine) && !Borne(p, others)).Select(p => p.Text).Distinct().Order(StringComparer.Ordinal)];
    }

    private static bool Borne((string Text, bool Pattern) phrase, HashSet<string> texts) =>
        phrase.Pattern ? texts.Any(t => Regex.IsMatch(t, phrase.Text, RegexOptions.None, TimeSpan.FromSeconds(1))) : texts.Any(t => Words.Has(t, phrase.Text));

    private static IEnumerable<(string Text, bool Pattern)> Phrases() =>
    [
        .. BrowserAutomation.Engine.Knowledge.Load<VocabularyEntry>("vocabulary").SelectMany(e => e.Phrases.Concat(e.Names ?? [])).Select(t => (t, false)),
        .. BrowserAutomation.Engine.Knowledge.Load<ButtonEntry>("buttons").SelectMany(e => e.Phrases).Select(t => (t, false)),
        .. BrowserAutomation.Engine.Knowledge.Load<ChoiceEntry>("choices").SelectMany(e => e.Phrases).Select(t => (t, false)),
        .. BrowserAutomation.Engine.Knowledge.Load<MessageEntry>("messages").SelectMany(e => e.Patterns).Select(t => (t, true)),
    ];

    // What stands between tags, in attributes and in the strings of the pages' and the portal's own code.
    private static HashSet<string> TextsOf(string folder) =>
        [.. Directory.GetFiles(folder, "*.*", SearchOption.AllDirectories).Where(f => f.EndsWith(".html", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => Parts().Split(File.ReadAllText(f))).Select(Words.Normalise).Where(t => t.Length > 0)];

    [GeneratedRegex("[<>\"'`|{}\\n]")]
    private static partial Regex Parts();
}
