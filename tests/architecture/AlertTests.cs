using System.Text.RegularExpressions;

namespace Invoicing.Architecture.Tests;

/// <summary>Alert rules as code: they parse, each one is tested, and each one leads to a runbook that exists.</summary>
public sealed partial class AlertTests
{
    private const string Rules = "deploy/alerts/invoicing.yaml";
    private const string RuleTests = "deploy/alerts/invoicing.test.yaml";

    [Test]
    public void Promtool_accepts_the_rules() => Tool.Succeeds("promtool", "check", "rules", Repository.Path(Rules));

    [Test]
    public void Alerts_fire_when_they_should_and_keep_quiet_when_they_should() => Tool.Succeeds("promtool", "test", "rules", Repository.Path(RuleTests));

    [Test]
    public void Every_alert_is_tested_to_fire()
    {
        var tested = Tested().Matches(Repository.Text(RuleTests)).Select(m => m.Groups["name"].Value);
        Assert.That(Alerts().Except(tested), Is.Empty);
    }

    [Test]
    public void Every_alert_leads_to_a_runbook()
    {
        var runbooks = Runbook().Matches(Repository.Text(Rules)).Select(m => m.Groups["page"].Value).ToList();
        Assert.That(runbooks, Has.Count.EqualTo(Alerts().Count()));
        Assert.That(runbooks.Select(Repository.Path), Is.All.Exist);
    }

    private static IEnumerable<string> Alerts() => Alert().Matches(Repository.Text(Rules)).Select(m => m.Groups["name"].Value);

    [GeneratedRegex("""- alert: (?<name>\w+)""")]
    private static partial Regex Alert();

    [GeneratedRegex("""runbook_url: (?<page>\S+)""")]
    private static partial Regex Runbook();

    [GeneratedRegex("""alertname: (?<name>\w+)\s+exp_alerts:""")]
    private static partial Regex Tested();
}
