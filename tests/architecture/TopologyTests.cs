using System.Text.RegularExpressions;

namespace Invoicing.Architecture.Tests;

/// <summary>AppHost.cs is the picture of the system; the local run carries the same names, ports, arrows and databases.</summary>
public sealed partial class TopologyTests
{
    /// <param name="References">Services it calls by name.</param>
    private sealed record Service(string Name, int Port, SortedSet<string> References, SortedSet<string> Databases);

    private static readonly string[] Expected =
        ["billing-metrics", "browser-automation", "console", "gateway", "jobs", "tenant-config", "tickets", "tickets-reader"];

    [Test]
    public void App_host_and_local_run_have_the_same_services() =>
        Assert.That((AppHost().Keys, LocalRun().Keys), Is.EqualTo((Expected, Expected)).Using<IEnumerable<string>>((a, b) => a.Order().SequenceEqual(b.Order())));

    [TestCaseSource(nameof(Expected))]
    public void A_service_has_the_same_port_arrows_and_databases_in_both(string name)
    {
        var (drawn, run) = (AppHost()[name], LocalRun()[name]);
        Assert.That(run.Port, Is.EqualTo(drawn.Port));
        Assert.That(run.References, Is.EqualTo(drawn.References));
        Assert.That(run.Databases, Is.EqualTo(drawn.Databases));
    }

    private static Dictionary<string, Service> AppHost()
    {
        var text = Repository.Text("AppHost/AppHost.cs");
        var services = Added().Matches(text).ToDictionary(m => m.Groups["name"].Value, m =>
            new Service(m.Groups["name"].Value, int.Parse(m.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture), [], []));
        var variables = Variable().Matches(text).ToDictionary(m => m.Groups["variable"].Value, m => m.Groups["name"].Value);
        foreach (var statement in text.Split(';'))
        {
            var subject = Added().Match(statement) is { Success: true } added ? added.Groups["name"].Value
                : Follow().Match(statement) is { Success: true } follow && variables.TryGetValue(follow.Groups["variable"].Value, out var known) ? known : null;
            if (subject is null || !services.TryGetValue(subject, out var service))
            {
                continue;
            }

            foreach (Match reference in Reference().Matches(statement))
            {
                if (reference.Groups["connection"].Success)
                {
                    service.Databases.Add(reference.Groups["connection"].Value);
                }
                else if (variables.TryGetValue(reference.Groups["variable"].Value, out var other) && services.ContainsKey(other))
                {
                    service.References.Add(other);
                }
            }
        }

        return services;
    }

    private static Dictionary<string, Service> LocalRun() => Repository.Text("deploy/local/supervisord.conf").Split("[program:").Skip(1)
        .Select(section => (Name: section[..section.IndexOf(']', StringComparison.Ordinal)], Text: section)).Where(s => Expected.Contains(s.Name))
        .ToDictionary(s => s.Name, s => new Service(
            s.Name,
            int.Parse(Port().Match(s.Text).Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture),
            [.. Neighbour().Matches(s.Text).Select(m => m.Groups["name"].Value)],
            [.. Connection().Matches(s.Text).Select(m => m.Groups["name"].Value).Where(n => n != "rabbitmq")]));

    [GeneratedRegex("""Add(Service|Program)<[\w.]+>\("(?<name>[\w-]+)", (?<port>\d+)""")]
    private static partial Regex Added();

    [GeneratedRegex("""var (?<variable>\w+) = \w+(\.Add(Service|Program)<[\w.]+>|\.AddDatabase|\.AddRabbitMQ|\.AddPostgres)\("(?<name>[\w-]+)""")]
    private static partial Regex Variable();

    [GeneratedRegex("""^\s*(//[^\n]*\s+)*(?<variable>\w+)\.WithReference""")]
    private static partial Regex Follow();

    [GeneratedRegex("""WithReference\((?<variable>\w+)(, "(?<connection>\w+)")?\)""")]
    private static partial Regex Reference();

    [GeneratedRegex("""ASPNETCORE_URLS="http://127\.0\.0\.1:(?<port>\d+)""")]
    private static partial Regex Port();

    [GeneratedRegex("""services__(?<name>[\w-]+?)__http__0""")]
    private static partial Regex Neighbour();

    [GeneratedRegex("""ConnectionStrings__(?<name>\w+)=""")]
    private static partial Regex Connection();
}
