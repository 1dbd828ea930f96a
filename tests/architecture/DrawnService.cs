using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.Architecture.Tests;

/// <summary>A service as one host has it.</summary>
/// <param name="References">Services it calls by name, and at which port (0 where the host finds it by itself).</param>
/// <param name="Replicas">Where the host scales it by its work: how many it begins with.</param>
internal sealed record DrawnService(string Name, int Port, SortedDictionary<string, int> References, SortedSet<string> Databases, int MetricsPort = 0, int? Replicas = null);

internal static partial class DrawnByAppHost
{
    public static IReadOnlyDictionary<string, DrawnService> Read()
    {
        var text = Repository.Text("AppHost/AppHost.cs");
        var services = Added().Matches(text).ToDictionary(m => m.Groups["name"].Value, m =>
            new DrawnService(m.Groups["name"].Value, int.Parse(m.Groups["port"].Value, CultureInfo.InvariantCulture), [], []));
        var variables = Variable().Matches(text).ToDictionary(m => m.Groups["variable"].Value, m => m.Groups["name"].Value);
        foreach (var statement in text.Split(';'))
        {
            var subject = Added().Match(statement) is { Success: true } added ? added.Groups["name"].Value
                : Follow().Match(statement) is { Success: true } follow && variables.TryGetValue(follow.Groups["variable"].Value, out var known) ? known : null;
            if (subject is not null && services.TryGetValue(subject, out var service))
            {
                Connect(service, statement, variables, services);
                services[subject] = Replicas().Match(statement) is { Success: true } replicas
                    ? service with { Replicas = int.Parse(replicas.Groups["count"].Value, CultureInfo.InvariantCulture) } : service;
            }
        }

        return services;
    }

    private static void Connect(DrawnService service, string statement, Dictionary<string, string> variables, Dictionary<string, DrawnService> services)
    {
        foreach (Match reference in Reference().Matches(statement))
        {
            if (reference.Groups["connection"].Success)
            {
                service.Databases.Add(reference.Groups["connection"].Value);
            }
            else if (variables.TryGetValue(reference.Groups["variable"].Value, out var other) && services.ContainsKey(other))
            {
                service.References[other] = 0;
            }
        }
    }

    [GeneratedRegex("""AddService<[\w.]+>\("(?<name>[\w-]+)", (?<port>\d+)""")]
    private static partial Regex Added();

    [GeneratedRegex("""var (?<variable>\w+) = \w+(\.AddService<[\w.]+>|\.AddDatabase|\.AddRabbitMQ|\.AddPostgres)\("(?<name>[\w-]+)""")]
    private static partial Regex Variable();

    [GeneratedRegex("""^\s*(//[^\n]*\s+)*(?<variable>\w+)\.WithReference""")]
    private static partial Regex Follow();

    [GeneratedRegex("""WithReference\((?<variable>\w+)(, "(?<connection>\w+)")?\)""")]
    private static partial Regex Reference();

    [GeneratedRegex("""WithReplicas\((?<count>\d+)\)""")]
    private static partial Regex Replicas();
}

internal static partial class DrawnByLocalRun
{
    private static readonly string[] NotServices = ["postgres", "rabbitmq", "portals"];

    public static IReadOnlyDictionary<string, DrawnService> Read() => Repository.Text("deploy/local/supervisord.conf").Split("[program:").Skip(1)
        .Select(section => (Name: section[..section.IndexOf(']', StringComparison.Ordinal)], Text: section)).Where(s => !NotServices.Contains(s.Name))
        .ToDictionary(s => s.Name, s => new DrawnService(
            s.Name,
            int.Parse(Port().Match(s.Text).Groups["port"].Value, CultureInfo.InvariantCulture),
            new(Neighbour().Matches(s.Text).ToDictionary(m => m.Groups["name"].Value, m => int.Parse(m.Groups["port"].Value, CultureInfo.InvariantCulture))),
            [.. Connection().Matches(s.Text).Select(m => m.Groups["name"].Value).Where(n => n != "rabbitmq")],
            int.Parse(Metrics().Match(s.Text).Groups["port"].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex("""ASPNETCORE_URLS="http://127\.0\.0\.1:(?<port>\d+)""")]
    private static partial Regex Port();

    [GeneratedRegex("""Metrics__Port="(?<port>\d+)""")]
    private static partial Regex Metrics();

    [GeneratedRegex("""services__(?<name>[\w-]+?)__http__0="http://127\.0\.0\.1:(?<port>\d+)""")]
    private static partial Regex Neighbour();

    [GeneratedRegex("""ConnectionStrings__(?<name>\w+)=""")]
    private static partial Regex Connection();
}
