using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Invoicing.Architecture.Tests;

internal static class DrawnByCompose
{
    private const string Secret = "ConnectionStrings__";
    private static readonly string[] Servers = ["postgres", "rabbitmq"];

    public static IReadOnlyDictionary<string, DrawnService> Read() => Yaml.Documents(Repository.Text("deploy/compose.yaml")).Single()["services"].Entries()
        .Where(s => !Servers.Contains(s.Key)).ToDictionary(s => s.Key, s => Service(s.Key, s.Value));

    private static DrawnService Service(string name, YamlNode node)
    {
        var environment = node["environment"].Entries().Where(e => e.Value is YamlScalarNode).ToDictionary(e => e.Key, e => e.Value.Text());
        return Yaml.Service(name, environment) with
        {
            Databases = [.. node["secrets"].Items().Select(s => s.Text()).Where(s => s.StartsWith(Secret, StringComparison.Ordinal)).Select(s => s[Secret.Length..]).Where(s => s != "rabbitmq")],
            Replicas = node.Find("deploy", "replicas") is { } replicas ? int.Parse(replicas.Text(), CultureInfo.InvariantCulture) : null,
        };
    }
}

/// <summary>What <c>helm template</c> makes of the chart with its own values.</summary>
internal static class DrawnByChart
{
    private const string Secret = "ConnectionStrings__";
    private static readonly Lazy<IReadOnlyList<YamlMappingNode>> Rendered = new(() => [.. Yaml.Documents(Chart.Render())]);

    public static IReadOnlyDictionary<string, DrawnService> Read() => Of("Deployment").ToDictionary(d => d["metadata"]["name"].Text(), d =>
    {
        var (name, pod) = (d["metadata"]["name"].Text(), d["spec"]["template"]["spec"]);
        var environment = pod["containers"].Items().Single()["env"].Items().ToDictionary(e => e["name"].Text(), e => e["value"].Text());
        var mounted = pod["volumes"].Items().SelectMany(v => v.Find("projected", "sources")?.Items() ?? []).SelectMany(s => s.Find("secret", "items")?.Items() ?? []).Select(i => i["path"].Text());
        var scaled = Of("ScaledObject").SingleOrDefault(s => s["spec"]["scaleTargetRef"]["name"].Text() == name);
        return Yaml.Service(name, environment) with
        {
            Databases = [.. mounted.Where(m => m.StartsWith(Secret, StringComparison.Ordinal)).Select(m => m[Secret.Length..]).Where(s => s != "rabbitmq")],
            Replicas = scaled is null ? null : int.Parse(scaled["spec"]["minReplicaCount"].Text(), CultureInfo.InvariantCulture),
        };
    });

    private static IEnumerable<YamlMappingNode> Of(string kind) => Rendered.Value.Where(d => d["kind"].Text() == kind);
}

internal static class Yaml
{
    public static IEnumerable<YamlMappingNode> Documents(string text)
    {
        var stream = new YamlStream();
        // `<<: *anchor` stays a key of its own: what a service shares with all others says nothing of its arrows.
        stream.Load(new StringReader(text));
        return stream.Documents.Select(d => d.RootNode).OfType<YamlMappingNode>();
    }

    /// <summary>Port, metrics and arrows as the environment tells them.</summary>
    public static DrawnService Service(string name, Dictionary<string, string> environment) => new(
        name,
        PortOf(environment["ASPNETCORE_URLS"]),
        new(environment.Where(e => e.Key.StartsWith("services__", StringComparison.Ordinal)).ToDictionary(e => e.Key.Split("__")[1], e => PortOf(e.Value))),
        [],
        int.Parse(environment["Metrics__Port"], CultureInfo.InvariantCulture));

    public static IEnumerable<KeyValuePair<string, YamlNode>> Entries(this YamlNode node) =>
        ((YamlMappingNode)node).Children.Select(c => KeyValuePair.Create(c.Key.Text(), c.Value));

    public static IEnumerable<YamlNode> Items(this YamlNode node) => ((YamlSequenceNode)node).Children;

    public static string Text(this YamlNode node) => ((YamlScalarNode)node).Value!;

    public static YamlNode? Find(this YamlNode node, params string[] path) => path.Aggregate((YamlNode?)node, (found, key) =>
        found is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var next) ? next : null);

    private static int PortOf(string url) => int.Parse(url.Split(':')[^1], CultureInfo.InvariantCulture);
}
