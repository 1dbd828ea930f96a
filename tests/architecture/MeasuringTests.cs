namespace Invoicing.Architecture.Tests;

/// <summary>The pages of figures say what ran, what did not, and how.</summary>
public sealed class MeasuringTests
{
    private const string Record = """
        {"command":"./dev bench NAME 5","commit":"0123456789abcdef","at":"2026-11-30T14:00:00Z","seconds":12.4,"limit":600,"load":{"before":1.5,"after":2.5},"result":RESULT,
         "machine":{"cores":"2","cpu":"Some CPU","memory":"8.0 GiB","os":"Debian","dotnet":"10.0.100","postgresql":"15","rabbitmq":"3.10","chromium":"140"}}
        """;

    [Test]
    public void The_benchmarks_page_tells_what_failed_what_ran_too_long_and_what_never_ran()
    {
        var folder = Directory.CreateTempSubdirectory("invoicing-bench-").FullName;
        foreach (var (name, result, printed) in new[] { ("reads", "0", "ratio                   p50 1.13"), ("jobs", "1", ""), ("ocr", "124", "half a table") })
        {
            File.WriteAllText(Path.Combine(folder, name + ".json"), Record.Replace("RESULT", result, StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(folder, name + ".txt"), printed);
            File.WriteAllText(Path.Combine(folder, name + ".err"), "\u001b[31m✗ no database\u001b[0m");
        }

        var page = Tool.Succeeds("bash", "-c", $"set -euo pipefail; ROOT=$PWD; source deploy/local/settings.sh; source deploy/local/bench-all.sh; write_benchmarks_page '{folder}'");

        Directory.Delete(folder, recursive: true);
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Match(@"\| \[reads\]\(#reads\) \| [^|]* \| well \| 12 \| 1.5, 2.5 \|"));
            Assert.That(page, Does.Match(@"\| \[jobs\]\(#jobs\) \| [^|]* \| \*\*failed\*\* \(exit code 1\)").And.Contain("✗ no database").And.Not.Contain("[31m"));
            Assert.That(page, Does.Match(@"\| \[ocr\]\(#ocr\) \| [^|]* \| \*\*stopped at its limit of 600 s\*\*"));
            Assert.That(page, Does.Match(@"\| \[path\]\(#path\) \| [^|]* \| \*\*not run\*\*"));
            Assert.That(page, Does.Contain("- **reads**: p50 1.13").And.Contain("| `0123456789ab` | 2026-11-30T14:00:00Z, 2026-11-30T14:00:00Z | 2 × Some CPU | 8.0 GiB |"));
        });
    }

    [Test]
    public void The_quick_start_that_is_timed_is_the_readme_s()
    {
        var commands = Tool.Succeeds("bash", "-c", "set -euo pipefail; source deploy/local/quick-start.sh; quick_start_commands README.md").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(commands, Has.Member("./dev demo"));
        Assert.That(commands.Where(c => !c.StartsWith("./dev ", StringComparison.Ordinal)), Is.Empty);
    }
}
