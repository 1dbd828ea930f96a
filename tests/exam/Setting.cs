using Invoicing.Portals;

namespace Invoicing.Exam;

/// <summary>What the command line asks for.</summary>
/// <param name="Portals">Keys of the portals.</param>
/// <param name="Drift">Faults that stand for the whole run.</param>
/// <param name="Without">Key of the portal whose own knowledge is left out, null for none.</param>
/// <param name="From">Place in the mix to begin at.</param>
/// <param name="Stories">Every move of every ticket is printed, not only of those that went wrong.</param>
/// <param name="Spans">Where the time went, by the worker's spans.</param>
/// <param name="SecondPass">Every portal a second time, with what the first pass taught.</param>
public sealed record Setting(IReadOnlyList<string> Portals, int Tickets, IReadOnlyList<string> Drift, string? Without, bool SecondPass, int Lanes, bool Stories, int From, bool Spans)
{
    public static readonly IReadOnlyList<string> Drifts = ["layout_drift", "stale_receptor", "modal_again", "native_dialog"];

    /// <exception cref="ArgumentException">A word that is not known here.</exception>
    public static Setting Of(string[] args)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : throw new ArgumentException($"Not understood: {args[i]}");
            values[name] = name is "second-pass" or "stories" or "spans" ? "yes" : ++i < args.Length ? args[i] : throw new ArgumentException($"--{name} needs a value");
        }

        var unknown = values.Keys.Except(["portal", "tickets", "drift", "without-knowledge-of", "second-pass", "lanes", "stories", "from", "spans"]).ToList();
        if (unknown.Count > 0)
        {
            throw new ArgumentException($"Not understood: --{unknown[0]}");
        }

        var portals = values.TryGetValue("portal", out var named) ? named.Split(',').SelectMany(Keys).ToList() : [.. PortMap.ArchetypeKeys];
        var drift = !values.TryGetValue("drift", out var d) ? [] : d == "all" ? Drifts : d.Split(',');
        return new Setting(
            portals, int.Parse(values.GetValueOrDefault("tickets", $"{25 * portals.Count}"), System.Globalization.CultureInfo.InvariantCulture), drift,
            values.TryGetValue("without-knowledge-of", out var without) ? Key(without) : null, values.ContainsKey("second-pass"),
            int.Parse(values.GetValueOrDefault("lanes", "2"), System.Globalization.CultureInfo.InvariantCulture), values.ContainsKey("stories"),
            int.Parse(values.GetValueOrDefault("from", "0"), System.Globalization.CultureInfo.InvariantCulture), values.ContainsKey("spans"));
    }

    /// <summary>One, or all from the first to the last as in "P9-P14".</summary>
    private static IEnumerable<string> Keys(string name) => Number(name.Split('-')[0]) is { } first && name.Split('-') is [_, var end] && Number(end) is { } last
        ? PortMap.ArchetypeKeys.Take(last).Skip(first - 1)
        : [Key(name)];

    private static int? Number(string name) =>
        name is ['P' or 'p', .. var digits] && int.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= PortMap.ArchetypeKeys.Count ? number : null;

    /// <summary>"P4" or "siete-soles".</summary>
    private static string Key(string name) =>
        Number(name) is { } number ? PortMap.ArchetypeKeys[number - 1]
            : PortMap.ArchetypeKeys.Concat(["simple", "oxxo-test", "litro-mil"]).Contains(name) ? name : throw new ArgumentException($"No such portal: {name}");
}
