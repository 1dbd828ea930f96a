using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Clients.Tests;

/// <summary>The command line as its own process, as a person or a script runs it.</summary>
public sealed class CliTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("invoicing-cli-").FullName;

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_submitted_photograph_ends_as_files_of_its_cfdi()
    {
        var photograph = Path.Combine(folder, "ticket.jpg");
        await File.WriteAllBytesAsync(photograph, await Installation.PhotographAsync(await Installation.SellAsync("simple")));

        var run = await RunAsync(["submit", photograph, "--out", folder, "--json"]);

        Assert.That(run.Code, Is.Zero, run.ToString());
        var told = JsonDocument.Parse(run.Out).RootElement;
        Assert.That(told.GetProperty("automation_status").GetString(), Is.EqualTo("completado"));
        var xml = await File.ReadAllTextAsync(Path.Combine(folder, $"{told.GetProperty("uuid").GetString()!.ToLowerInvariant()}.xml"));
        Assert.That(xml, Does.Contain(told.GetProperty("uuid").GetString()).IgnoreCase);
    }

    [Test]
    public async Task A_captcha_is_answered_and_the_job_watched_to_its_end()
    {
        var typed = Path.Combine(folder, "ticket.txt");
        var sold = await Installation.SellAsync("oxxo-test");
        await File.WriteAllTextAsync(typed, sold.GetProperty("text").GetString());
        var job = JsonDocument.Parse((await RunAsync(["submit", typed, "--detach", "--json"])).Out).RootElement.GetProperty("job_id").GetInt64();
        JsonElement? asked = null;
        await Eventually.TrueAsync(async () => (asked = Lines(await RunAsync(["answer", "--json"])).Cast<JsonElement?>().FirstOrDefault(i => i!.Value.GetProperty("job_id").GetInt64() == job)) is not null, "the captcha", seconds: 90);
        var id = asked!.Value.GetProperty("id").GetString()!;
        var picture = Path.Combine(folder, "captcha.png");
        Assert.That((await RunAsync(["answer", id, "--image", picture])).Code, Is.Zero);

        var answered = await RunAsync(["answer", id, await TruthAsync(picture), "--json"]);
        var watched = await RunAsync(["watch", $"{job}"]);

        Assert.That(Lines(answered).Single().GetProperty("status").GetString(), Is.EqualTo("answered"));
        Assert.That(watched.Code, Is.Zero, watched.ToString());
        Assert.That(watched.Out, Does.Contain("✓").And.Contain("completado"));
        Assert.That(Lines(await RunAsync(["jobs", "--json"])).Select(j => j.GetProperty("id").GetInt64()), Does.Contain(job));
    }

    [Test]
    public async Task Limits_usage_and_dead_letters_are_shown_and_limits_changed()
    {
        var token = await Installation.System.PlatformTokenAsync();
        Assert.That((await RunAsync(["tenants", "cli_tenant", "--create", "--max-concurrent", "7"], token)).Out, Does.Contain("7"));
        Assert.That((await RunAsync(["tenants", "cli_tenant", "--max-daily", "55"], token)).Out, Does.Contain("55"));
        Assert.That((await RunAsync(["usage", "--from", "2026-01-01", "--company", "cli_tenant"], token)).Out, Does.Contain("Total"));
        var letters = await RunAsync(["dlq", "--json"], token);
        Assert.That(letters.Code, Is.Zero, letters.ToString());
    }

    [Test]
    public async Task Wrong_use_a_refusal_and_no_connection_have_codes_of_their_own()
    {
        Assert.That((await RunAsync(["submit", Path.Combine(folder, "missing.jpg")])).Code, Is.EqualTo(2));
        Assert.That((await RunAsync(["answer", "x", "y", "--approve"])).Code, Is.EqualTo(2));
        var refused = await RunAsync(["watch", "987654321"]);
        Assert.That(refused.Code, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Error, Does.Contain("987654321"));
        Assert.That((await RunAsync(["jobs", "--url", $"http://127.0.0.1:{Ports.Free()}"])).Code, Is.EqualTo(3));
    }

    [Test]
    public async Task Shells_complete_commands_and_options()
    {
        Assert.That((await RunAsync(["[suggest:10]", "invoicing "])).Out, Does.Contain("submit").And.Contain("dlq"));
        Assert.That((await RunAsync(["[suggest:18]", "invoicing submit -"])).Out, Does.Contain("--priority"));
        Assert.That((await RunAsync(["completion", "bash"])).Out, Does.Contain("complete -F"));
    }

    private static async Task<string> TruthAsync(string picture)
    {
        using var seen = new ByteArrayContent(await File.ReadAllBytesAsync(picture));
        using var told = await Installation.System.Portals.PostAsync(new Uri("/_truth/captcha", UriKind.Relative), seen);
        return (await told.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("answer").GetString()!;
    }

    private static IEnumerable<JsonElement> Lines(Ran run) =>
        run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement);

    private static async Task<Ran> RunAsync(string[] arguments, string? key = null)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, $"clients/cli/bin/{configuration}/net10.0/invoicing.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["INVOICING_URL"] = Installation.System.Gateway.BaseAddress!.ToString();
        start.Environment["INVOICING_API_KEY"] = key ?? "";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ran(process.ExitCode, await output, await error);
    }

    private sealed record Ran(int Code, string Out, string Error);
}
