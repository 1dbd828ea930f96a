using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Invoicing.Architecture.Tests;

/// <summary>What deploy/ and the workflows hold is valid before anybody installs it.</summary>
public sealed partial class DeploymentTests
{
    private const string Compose = "deploy/compose.yaml";
    private static readonly string[] Workflows = [.. Repository.Files("*.yml").Where(f => f.StartsWith(".github/workflows/", StringComparison.Ordinal)).Order()];

    [TestCase]
    [TestCase("--set", "ingress.enabled=true", "--set", "otlpEndpoint=http://collector:4317", "--set", "artefacts.existingClaim=shared", "--set", "postgres.cidr=10.1.0.0/16")]
    [TestCase("--set", "networkPolicy.enabled=false", "--set", "migrations.hook=false", "--set", "scrapeAnnotations=false", "--set-json", """live={"all.json":"{}"}""")]
    public void The_chart_renders_to_what_kubernetes_and_keda_accept(params string[] values)
    {
        Chart.Lint();
        Assert.That(Invalid(Chart.Render(values)), Is.Empty);
    }

    [Test]
    public void The_schemas_refuse_a_broken_manifest() => Assert.That(
        Invalid(Chart.Render().Replace("scaleTargetRef:", "scaleTarget:", StringComparison.Ordinal)), Does.Contain("ScaledObject/").And.Contain("HorizontalPodAutoscaler/"));

    [Test]
    public void Every_container_of_the_chart_is_without_rights_and_within_limits()
    {
        var pods = Yaml.Documents(Chart.Render()).Select(d => d.Find("spec", "template", "spec")).OfType<YamlMappingNode>().ToList();
        Assert.That(pods, Has.Count.EqualTo(DrawnByChart.Read().Count + 4), "services and migrations");
        foreach (var pod in pods)
        {
            var container = pod["containers"].Items().Single();
            Assert.That(pod.Find("securityContext", "runAsNonRoot")?.Text(), Is.EqualTo("true"));
            Assert.That(container.Find("securityContext", "readOnlyRootFilesystem")?.Text(), Is.EqualTo("true"));
            Assert.That(container.Find("securityContext", "capabilities", "drop")?.Items().Single().Text(), Is.EqualTo("ALL"));
            Assert.That(container.Find("resources", "limits", "memory"), Is.Not.Null);
        }
    }

    [Test]
    public void Deployments_know_the_real_merchants_and_a_local_run_does_not()
    {
        Assert.That(Repository.Text(Compose), Does.Contain("Merchants__Catalogue: \"true\""));
        Assert.That(Chart.Render(), Does.Contain("name: Merchants__Catalogue"));
        Assert.That(Repository.Text("deploy/local/supervisord.conf"), Does.Not.Contain("Merchants__Catalogue"));
    }

    [Test]
    public void Compose_is_valid_and_a_wrong_key_is_found()
    {
        Tool.Succeeds("node", Dclint(Repository.Path(Compose)));
        var broken = Path.Combine(Path.GetTempPath(), $"compose-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(broken, Repository.Text(Compose).Replace("stop_grace_period", "stop_grace", StringComparison.Ordinal));
        Assert.That(Tool.Run("node", Dclint(broken)).Code, Is.Not.Zero);
        File.Delete(broken);
    }

    [Test]
    public void Workflows_are_what_github_accepts()
    {
        Assert.That(Workflows, Is.Not.Empty);
        Tool.Succeeds("node", ["deploy/tools/lint-workflows.cjs", .. Workflows]);
    }

    [TestCaseSource(nameof(Workflows))]
    public void A_workflow_calls_only_commands_that_exist(string workflow)
    {
        var help = Tool.Succeeds("bash", "dev", "help");
        var commands = Command().Matches(Repository.Text(workflow)).Select(m => m.Groups["command"].Value).ToList();
        Assert.That(commands.Where(c => !help.Contains($"./dev {c}", StringComparison.Ordinal)), Is.Empty);
        Assert.That(Script().Matches(Repository.Text(workflow)).Select(m => Repository.Path(m.Value)), Is.All.Exist);
    }

    /// <summary>The lines of what the schemas refuse.</summary>
    private static string Invalid(string rendered)
    {
        var file = Path.Combine(Path.GetTempPath(), $"chart-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file, rendered);
        var (_, output, errors) = Tool.Run("node", "deploy/tools/validate.js", file);
        File.Delete(file);
        Assert.That(output, Does.Contain(" ok"), errors);
        return string.Join('\n', output.Split('\n').Where(l => l.Contains("INVALID", StringComparison.Ordinal)));
    }

    private static string[] Dclint(string file) => ["deploy/tools/node_modules/.bin/dclint", "-c", "deploy/.dclintrc.json", file];

    [GeneratedRegex("""\./dev (?<command>[a-z-]+)""")]
    private static partial Regex Command();

    [GeneratedRegex("""(?<=^|\s)(\.ci/run|deploy/[\w./-]+)""", RegexOptions.Multiline)]
    private static partial Regex Script();
}
