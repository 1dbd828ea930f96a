using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.Tenants.Tests;

/// <summary>
/// Two processes of the service while a hundred secrets a second are read: nothing fails to be read, and a rotation whose process dies is
/// finished. INVOICING_LONG_TESTS=1: 5,000 secrets instead of 600.
/// </summary>
[NonParallelizable]
public sealed class RotationTests
{
    private const string Rotate = "/invoicing/v2/admin/keys/rotate";
    private static readonly int Secrets = Environment.GetEnvironmentVariable("INVOICING_LONG_TESTS") == "1" ? 5_000 : 600;
    private readonly InternalKeys keys = new();
    private readonly string folder = Directory.CreateTempSubdirectory("invoicing-rotation-").FullName;
    private readonly List<(ServiceProcess Process, string Url)> services = [];
    private NpgsqlDataSource database = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var (connection, broker) = (await Servers.NewDatabaseAsync(), await Servers.NewBrokerAsync());
        database = NpgsqlDataSource.Create(connection);
        AddKey("k1");
        var oauth = Path.Combine(folder, "oauth.pem");
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(oauth, ec.ExportPkcs8PrivateKeyPem());
        for (var i = 0; i < 2; i++)
        {
            var url = $"http://127.0.0.1:{Ports.Free()}";
            services.Add((new ServiceProcess("tenant-config", "services/tenant-config", new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = url, ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DOTNET_gcServer"] = "0", ["ConnectionStrings__tenants"] = connection,
                ["ConnectionStrings__rabbitmq"] = broker, ["Identity__Name"] = "tenant-config", ["Identity__SigningKey"] = keys.PrivateKey("tenant-config"),
                ["Identity__Keys"] = keys.PublicFolder, ["OAuth__SigningKey"] = oauth, ["Secrets__Keys"] = folder,
            }), url));
            services[i].Process.Start();
            await services[i].Process.WaitUntilHealthyAsync();
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        services.ForEach(s => s.Process.Kill());
        if (database is not null)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Reads_never_fail_while_keys_rotate_and_a_rotation_cut_short_is_finished()
    {
        using var platform = Client(0, new Caller("root", null, Role.platform_admin, false));
        await Parallel.ForEachAsync(Enumerable.Range(0, Secrets), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ct) =>
            (await platform.PutAsJsonAsync($"/invoicing/v2/tenants/t{i % 50}/credentials/{i}", new { username = "u", password = $"S3CR3T-{i}" }, ct)).EnsureSuccessStatusCode());
        using var done = new CancellationTokenSource();
        var reading = ReadAsync(done.Token);

        AddKey("k2");
        var rotated = await RotateAsync(platform);
        services[0].Process.Kill();
        TestContext.Out.WriteLine($"killed with {rotated} of {Secrets} to go");
        await Eventually.TrueAsync(async () => await UnderAsync("k2") == Secrets, "the other process finishes it");
        File.Delete(Path.Combine(folder, "k1.key"));
        await Task.Delay(1_000);
        await done.CancelAsync();
        var (read, failed) = await reading;
        TestContext.Out.WriteLine($"{read} reads, {failed.Count} failed");
        Assert.That(failed, Is.Empty);
        Assert.That(read, Is.GreaterThan(50));

        services[0].Process.Start();
        await services[0].Process.WaitUntilHealthyAsync();
        AddKey("k3");
        await RotateAsync(platform);
        services.ForEach(s => s.Process.Kill());
        TestContext.Out.WriteLine($"both killed with {Secrets - await UnderAsync("k3")} of {Secrets} to go");
        services[0].Process.Start();
        await services[0].Process.WaitUntilHealthyAsync();
        await Eventually.TrueAsync(async () => await UnderAsync("k3") == Secrets, "taken up again after the start");
        using var worker = Client(0, new Caller("jobs", null, Role.service, false));
        Assert.That((string?)(await worker.GetFromJsonAsync<JsonNode>("/internal/tenants/t7/credentials/7"))!["password"], Is.EqualTo("S3CR3T-7"));
    }

    private static async Task<int> RotateAsync(HttpClient platform)
    {
        using var answer = (await platform.PostAsync(Rotate, null)).EnsureSuccessStatusCode();
        return (int)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["remaining"]!;
    }

    /// <summary>From the second process, one every ten milliseconds.</summary>
    private async Task<(int Read, List<string> Failed)> ReadAsync(CancellationToken until)
    {
        using var worker = Client(1, new Caller("jobs", null, Role.service, false));
        var (calls, clock) = (new List<Task<string?>>(), new PeriodicTimer(TimeSpan.FromMilliseconds(10)));
        for (var i = 0; !until.IsCancellationRequested; i = (i + 37) % Secrets)
        {
            calls.Add(OneAsync(worker, i));
            await clock.WaitForNextTickAsync(CancellationToken.None);
        }

        return (calls.Count, [.. (await Task.WhenAll(calls)).OfType<string>()]);
    }

    private static async Task<string?> OneAsync(HttpClient worker, int i)
    {
        using var answer = await worker.GetAsync($"/internal/tenants/t{i % 50}/credentials/{i}");
        return answer.IsSuccessStatusCode && (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["password"] == $"S3CR3T-{i}" ? null : $"{i}: {(int)answer.StatusCode}";
    }

    private async Task<long> UnderAsync(string key)
    {
        await using var command = database.CreateCommand($"SELECT count(*) FROM portal_credentials WHERE key_id = '{key}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private HttpClient Client(int service, Caller caller) => new(new Signed(() => caller.Role == Role.service ? keys.ServiceToken(caller.Subject) : keys.Token(caller)))
    {
        BaseAddress = new Uri(services[service].Url),
    };

    /// <summary>Internal tokens live a minute: each request has its own.</summary>
    private sealed class Signed(Func<string> token) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token());
            return base.SendAsync(request, cancellationToken);
        }
    }

    private void AddKey(string id) => File.WriteAllText(Path.Combine(folder, id + ".key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
}
