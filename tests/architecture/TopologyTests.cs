namespace Invoicing.Architecture.Tests;

/// <summary>AppHost.cs is the picture of the system; the local run, compose and the chart carry the same names, ports, arrows, databases and replicas.</summary>
public sealed class TopologyTests
{
    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, DrawnService>>> Hosts = new()
    {
        ["AppHost"] = DrawnByAppHost.Read, ["local run"] = DrawnByLocalRun.Read, ["compose"] = DrawnByCompose.Read, ["chart"] = DrawnByChart.Read,
    };

    private static readonly Lazy<IReadOnlyDictionary<string, DrawnService>> Picture = new(DrawnByAppHost.Read);

    private static readonly string[] Others = [.. Hosts.Keys.Where(h => h != "AppHost")];

    [TestCaseSource(nameof(Others))]
    public void A_host_has_the_services_of_the_picture(string host) => Assert.That(Hosts[host]().Keys, Is.EquivalentTo(Picture.Value.Keys));

    [TestCaseSource(nameof(Others))]
    public void Its_services_have_the_ports_arrows_and_databases_of_the_picture(string host)
    {
        foreach (var (name, service) in Hosts[host]())
        {
            var drawn = Picture.Value[name];
            Assert.That(service.Port, Is.EqualTo(drawn.Port), name);
            Assert.That(service.References.Keys, Is.EquivalentTo(drawn.References.Keys), name);
            Assert.That(service.Databases, Is.EqualTo(drawn.Databases), name);
        }
    }

    [TestCaseSource(nameof(Others))]
    public void An_arrow_ends_at_the_port_of_the_service_it_names(string host)
    {
        var services = Hosts[host]();
        foreach (var (name, port) in services.Values.SelectMany(s => s.References))
        {
            Assert.That(port, Is.EqualTo(services[name].Port), name);
        }
    }

    [TestCaseSource(nameof(Others))]
    public void Metrics_are_a_thousand_ports_up(string host) =>
        Assert.That(Hosts[host]().Values.Select(s => s.MetricsPort - s.Port), Is.All.EqualTo(1000));

    /// <summary>What the picture gives a number of replicas is what scales by its work alone; one of each on a single machine.</summary>
    [Test]
    public void Workers_and_readers_scale_by_themselves_everywhere()
    {
        var scaled = Picture.Value.Values.Where(s => s.Replicas is not null).ToDictionary(s => s.Name, s => s.Replicas);
        Assert.That(scaled, Is.Not.Empty);
        Assert.That(DrawnByCompose.Read().Values.Where(s => s.Replicas is not null).ToDictionary(s => s.Name, s => s.Replicas), Is.EquivalentTo(scaled));
        Assert.That(DrawnByChart.Read().Values.Where(s => s.Replicas is not null).ToDictionary(s => s.Name, s => s.Replicas), Is.EquivalentTo(scaled));
    }
}
