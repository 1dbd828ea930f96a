using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.SystemTests.Faults;

/// <summary>The file store is a file system of one megabyte. INVOICING_LONG_TESTS=1 runs it; it needs the right to mount.</summary>
[NonParallelizable]
public sealed class FullDiskTests
{
    private readonly string disk = Directory.CreateTempSubdirectory("invoicing-disk-").FullName;
    private LocalSystem? system;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (Environment.GetEnvironmentVariable("INVOICING_LONG_TESTS") != "1")
        {
            Assert.Ignore("INVOICING_LONG_TESTS=1 runs it.");
        }

        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk) != 0)
        {
            Assert.Ignore("Mounting a file system is not allowed here.");
        }

        system = await LocalSystem.StartAsync(new SystemPlan
        {
            Services = ["gateway", "tickets", "tenant-config", "jobs"], Portals = false, More = (_, environment) => environment["Artefacts__Root"] = disk,
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await (system?.DisposeAsync() ?? ValueTask.CompletedTask);
        Run("umount", disk);
        Directory.Delete(disk, recursive: true);
    }

    [Test]
    public async Task A_full_disk_is_said_loses_nothing_and_is_over_when_there_is_room()
    {
        var answers = new List<HttpStatusCode>();
        while (answers.Count < 20 && answers.LastOrDefault() is not HttpStatusCode.ServiceUnavailable)
        {
            answers.Add(await SendAsync());
        }

        var accepted = answers.Count(a => a == HttpStatusCode.OK);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Distinct(), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
            Assert.That(await CountAsync(), Is.EqualTo(accepted), "a row for what was promised, none for what was not");
            Assert.That(Directory.GetFiles(disk, "*.partial", SearchOption.AllDirectories), Is.Empty);
            Assert.That(Directory.GetFiles(disk, "*", SearchOption.AllDirectories), Has.Length.EqualTo(accepted));
        }

        Assert.That(Run("mount", "-o", "remount,size=16m", disk), Is.Zero);
        Assert.That(await SendAsync(), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await CountAsync(), Is.EqualTo(accepted + 1));
    }

    private async Task<HttpStatusCode> SendAsync()
    {
        var bytes = new byte[200_000];
        Random.Shared.NextBytes(bytes);
        "%PDF-1.4\n"u8.CopyTo(bytes);
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "ticket.pdf");
        using var answer = await system!.Gateway.PostAsync(new Uri("/invoicing/tickets", UriKind.Relative), form);
        await TestContext.Progress.WriteLineAsync($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer.StatusCode;
    }

    private async Task<long> CountAsync()
    {
        await using var source = NpgsqlDataSource.Create(system!.Databases["tickets"]);
        await using var command = source.CreateCommand("SELECT count(*) FROM tickets");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
