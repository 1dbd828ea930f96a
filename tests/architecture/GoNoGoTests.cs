using System.Diagnostics;

namespace Invoicing.Architecture.Tests;

/// <summary>./dev go-no-go judges results by what they say, and says no to what is missing, old or red.</summary>
public sealed class GoNoGoTests
{
    private static readonly (string Project, string[] Classes)[] Suites =
    [
        ("contract", ["Invoicing.Contract.Tests.V1TicketTests", "Invoicing.Contract.Tests.OriginalTests", "Invoicing.Contract.Tests.PermissionTests"]),
        ("browser-automation", ["Invoicing.BrowserAutomation.Tests.SsrfTests"]),
        ("gateway", ["Invoicing.Gateway.Tests.RolloutTests"]),
        ("jobs", ["Invoicing.Jobs.Tests.MigrationTests"]),
        ("tenant-config", ["Invoicing.Tenants.Tests.FeatureTests"]),
    ];

    private string results = "";

    [SetUp]
    public void MakeResults()
    {
        results = Directory.CreateTempSubdirectory("invoicing-results-").FullName;
        Directory.CreateDirectory(Path.Combine(results, "baseline"));
        foreach (var (project, classes) in Suites)
        {
            Write(project, classes.Select(c => (c, "Passed")));
        }

        Measure("bench-reads.txt", 10.5);
        Measure("baseline/bench-reads.txt", 10.0);
        File.WriteAllText(Path.Combine(results, "bench-reads.of"), "0123456789ab");
    }

    [TearDown]
    public void Clean() => Directory.Delete(results, recursive: true);

    [Test]
    public void All_green_on_this_state_is_a_go() => Assert.That(Judge(), Is.EqualTo(0), told);

    [Test]
    public void A_red_test_of_v1_is_a_no()
    {
        Write("contract", [("Invoicing.Contract.Tests.V1TicketTests", "Failed"), ("Invoicing.Contract.Tests.PermissionTests", "Passed")]);
        Assert.That(Judge(), Is.Not.Zero);
        Assert.That(told, Does.Contain("v1 contract").And.Contain("0 passed, 1 not").And.Contain("NO-GO"));
    }

    [Test]
    public void What_was_not_run_is_a_no()
    {
        File.Delete(Path.Combine(results, "gateway.trx"));
        Assert.That(Judge(), Is.Not.Zero);
        Assert.That(told, Does.Contain("tests/gateway was not run"));
    }

    [Test]
    public void Results_of_another_commit_are_a_no()
    {
        File.WriteAllText(Path.Combine(results, "jobs.of"), "ffffffffffff");
        Assert.That(Judge(), Is.Not.Zero);
        Assert.That(told, Does.Contain("jobs is of ffffffffffff"));
    }

    [Test]
    public void Ten_percent_slower_is_a_no()
    {
        Measure("bench-reads.txt", 11.0);
        Assert.That(Judge(), Is.Not.Zero);
        Assert.That(told, Does.Contain("+10.0 %"));
    }

    private string told = "";

    private int Judge()
    {
        // The parts as ./dev loads them, on a state of the code that this test names.
        const string script = """
            set -euo pipefail
            ROOT=$PWD; for part in settings test go-no-go; do source deploy/local/$part.sh; done
            tested_state() { echo 0123456789ab; }
            dev_go-no-go "$1"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script, "go-no-go", results]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        told = bash.StandardOutput.ReadToEnd() + bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        return bash.ExitCode;
    }

    private void Measure(string file, double median) => File.WriteAllText(
        Path.Combine(results, file), FormattableString.Invariant($"500 calls each\nthrough the gateway     p50 {median:F2}  p99 20.00\n"));

    /// <summary>As the test platform writes it: results name the test, definitions its class.</summary>
    private void Write(string project, IEnumerable<(string Class, string Outcome)> tests)
    {
        var all = tests.Select((t, i) => (t.Class, t.Outcome, Id: $"00000000-0000-0000-0000-{i:D12}")).ToList();
        File.WriteAllText(Path.Combine(results, project + ".trx"), $"""
            <TestRun><Results>
            {string.Join('\n', all.Select(t => $"""<UnitTestResult executionId="x" testId="{t.Id}" testName="A_test" outcome="{t.Outcome}" testListId="y" />"""))}
            </Results><TestDefinitions>
            {string.Join('\n', all.Select(t => $"""<UnitTest name="A_test" id="{t.Id}" storage="x.dll"><Execution id="x" /><TestMethod codeBase="x.dll" className="{t.Class}" name="A_test" /></UnitTest>"""))}
            </TestDefinitions></TestRun>
            """);
        File.WriteAllText(Path.Combine(results, project + ".of"), "0123456789ab");
    }
}
