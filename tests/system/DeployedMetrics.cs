using System.Text.Json;
using System.Text.RegularExpressions;
using Invoicing.TestSupport;

namespace Invoicing.SystemTests;

/// <summary>The metrics that the dashboards and alerts under deploy/ name.</summary>
public static partial class DeployedMetrics
{
    /// <summary>Prometheus itself makes the first; the second is only there once a tenant has waited longer than the queue is looked at.</summary>
    private static readonly string[] NotAlwaysScraped = ["up", "invoicing_tenants_queue_age_seconds"];

    public static IReadOnlyCollection<string> Named()
    {
        var queries = Directory.GetFiles(Path.Combine(Repository.Root, "deploy/dashboards"), "*.json")
            .SelectMany(f => Queries(JsonDocument.Parse(File.ReadAllText(f)).RootElement))
            .Concat(Expression().Matches(File.ReadAllText(Path.Combine(Repository.Root, "deploy/alerts/invoicing.yaml"))).Select(m => m.Value));
        return queries.SelectMany(NamesIn).Except(NotAlwaysScraped).ToHashSet();
    }

    private static IEnumerable<string> Queries(JsonElement board) => board.GetProperty("panels").EnumerateArray()
        .SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("expr").GetString()!);

    /// <summary>A name that stands before a selector, a range, a bracket or an operator, and is neither a function nor a label.</summary>
    private static IEnumerable<string> NamesIn(string query) =>
        Name().Matches(Grouping().Replace(Selector().Replace(query, ""), "")).Select(m => m.Value).Where(n => n.Contains('_', StringComparison.Ordinal) && n != "histogram_quantile");

    [GeneratedRegex("""(?<=^        expr:).*(\n {10}.*)*""", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|#.*""")]
    private static partial Regex Selector();

    [GeneratedRegex("""\b(by|without|on|ignoring)\s*\([^)]*\)""")]
    private static partial Regex Grouping();

    [GeneratedRegex("""\b[a-z][a-z0-9_]*\b(?!\s*\()""")]
    private static partial Regex Name();
}
