using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.SystemTests.Faults;

/// <summary>
/// Jobs are asked for through the gateway while its processes die at random, the connections of database and broker are cut, both go away for
/// seconds, and every message comes up to three times. INVOICING_LONG_TESTS=1 makes it a thousand jobs and 60 faults, and database and broker are
/// servers of its own that are killed and started again. The seed is printed; INVOICING_FAULT_SEED runs one again.
/// </summary>
[NonParallelizable]
public sealed class FaultTests
{
    private const string Company = "empresa_de_fallas";
    private const int Pace = 200;
    private static readonly bool Long = Environment.GetEnvironmentVariable("INVOICING_LONG_TESTS") == "1";
    private static readonly (int Jobs, int Faults, int Deaths) Size = Long ? (1000, 60, 30) : (120, 5, 2);
    private static readonly string[] Mortal = ["jobs", "gateway", "tenant-config"];
    private readonly Ledger ledger = new();
    private readonly Recovery recovery = new(perSecond: 1000.0 / Pace);
    private OwnServers? own;
    private LocalSystem system = null!;
    private Outside outside = null!;
    private Random random = null!;
    private Gate database = null!;
    private Gate broker = null!;
    private int asked;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("INVOICING_FAULT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        await TestContext.Progress.WriteLineAsync($"seed {seed}");
        random = new Random(seed);
        own = Long ? await OwnServers.StartAsync() : null;
        system = await LocalSystem.StartAsync(new SystemPlan
        {
            // Tickets is said, not run: who asks for one that was not heard of yet is refused at once.
            Services = Mortal, Portals = false, More = BehindGates, Servers = own, StandIns = new Dictionary<string, string> { ["tickets"] = "http://127.0.0.1:9" },
        });
        var token = await system.PlatformTokenAsync();
        await SetUpAsync(HttpMethod.Put, $"/invoicing/v2/tenants/{Company}", new { max_concurrent_jobs = 50, max_daily_jobs = 100_000 }, token);
        await SetUpAsync(HttpMethod.Post, $"/invoicing/v2/tenants/{Company}/fiscal-profiles", new
        {
            rfc = "EKU9003173C9", nombre = "ESCUELA KEMPER URGATE", codigo_postal = "42501", regimen_fiscal = "601", uso_cfdi = "G03", correo = "facturas@empresa.test", is_default = true,
        }, token);
        outside = new Outside(system, ledger, random) { Deaths = Size.Deaths, Emitted = recovery.Done };
        await outside.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await outside.DisposeAsync();
        await system.DisposeAsync();
        database.Dispose();
        broker.Dispose();
    }

    [Test]
    public async Task Nothing_promised_is_lost_and_nothing_is_done_twice()
    {
        var started = Stopwatch.GetTimestamp();
        var (harm, asking) = (HarmAsync(), new List<Task>());
        while ((asked < Size.Jobs && !harm.IsFaulted) || (!harm.IsCompleted && asked < 3 * Size.Jobs))
        {
            asking.Add(AskAsync(++asked));
            await Task.Delay(Pace);
        }

        await harm;
        await Task.WhenAll(asking);
        await TestContext.Progress.WriteLineAsync($"{asked} asked, the last fault over after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        await Eventually.TrueAsync(EveryoneEndedAsync, () => $"the end of\n{StillOpen()}\n{system.LastWords("jobs")}", seconds: 240);
        var counts = ledger.Count();
        await TestContext.Progress.WriteLineAsync($"{counts}\nall ended after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s; back to 90 % of the rate after {recovery}");
        Assert.That(counts.Holds, Is.True, counts.ToString());
        Assert.That(counts.Acknowledged, Is.GreaterThan(Size.Jobs / 2), "the faults left something to promise");
    }

    /// <summary>The services reach database and broker through doors that can be shut; the test itself does not.</summary>
    private void BehindGates(string service, Dictionary<string, string> environment)
    {
        foreach (var name in environment.Keys.Where(k => k.StartsWith("ConnectionStrings__", StringComparison.Ordinal) && !k.EndsWith("rabbitmq", StringComparison.Ordinal)).ToList())
        {
            var connection = new NpgsqlConnectionStringBuilder(environment[name]);
            database ??= new Gate(connection.Host!, connection.Port);
            (connection.Host, connection.Port) = ("127.0.0.1", database.Port);
            environment[name] = connection.ConnectionString;
        }

        var address = new UriBuilder(environment["ConnectionStrings__rabbitmq"]);
        broker ??= new Gate(address.Host, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", broker.Port);
        environment["ConnectionStrings__rabbitmq"] = address.Uri.ToString();
    }

    /// <summary>Sent with one key until it is answered, for a while; who gets no answer is promised nothing.</summary>
    private async Task AskAsync(long ticket)
    {
        await outside.SayTicketAsync(ticket, Company);
        ledger.Ask(ticket);
        for (var tries = 0; tries < 30 && !await SendAsync(ticket); tries++)
        {
            await Task.Delay(500);
        }
    }

    private async Task<bool> SendAsync(long ticket)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/invoicing/v2/jobs") { Content = JsonContent.Create(new { ticket_id = ticket, company_id = Company }) };
            request.Headers.Add("Idempotency-Key", $"ticket-{ticket}");
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var answer = await system.Gateway.SendAsync(request, limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                ledger.Promise(ticket);
            }

            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task HarmAsync()
    {
        for (var i = 0; i < Size.Faults; i++)
        {
            await Task.Delay(Roll(2000));
            recovery.Fault();
            switch (i % 5)
            {
                case 3:
                    await GoAwayAsync(broker, own?.Broker);
                    break;
                case 4:
                    await GoAwayAsync(database, own?.Database);
                    break;
                default:
                    await DieAsync(system[Mortal[i == 0 ? 0 : Roll(Mortal.Length)]]);
                    await Servers.CutDatabaseAsync(system.Databases["jobs"]);
                    await Servers.CutBrokerAsync(system.Broker, own);
                    break;
            }
        }

        await recovery.BackAsync(limit: TimeSpan.FromSeconds(60));
    }

    private async Task DieAsync(ServiceProcess victim)
    {
        victim.Kill();
        await Task.Delay(Roll(2000));
        victim.Start();
        await victim.WaitUntilHealthyAsync();
    }

    /// <summary>A server of this test alone is killed; one that others use is out of reach for a while.</summary>
    private async Task GoAwayAsync(Gate door, LocalServer? server)
    {
        var length = 2000 + Roll(6000);
        if (server is null)
        {
            door.Shut();
            await Task.Delay(length);
            door.Open();
            return;
        }

        server.Kill();
        await Task.Delay(length);
        await server.StartAsync();
    }

    private string StillOpen()
    {
        using var source = NpgsqlDataSource.Create(system.Databases["jobs"]);
        using var command = source.CreateCommand(
            "SELECT concat_ws(' ', ticket_id, phase, attempt, retry_count, outcome, 'lease', lease_until - now(), 'next', next_attempt_at - now(), error_type) FROM automation_jobs WHERE phase <> 'closed' LIMIT 20");
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return string.Join('\n', rows);
    }

    private async Task<bool> EveryoneEndedAsync()
    {
        try
        {
            var jobs = (await Task.WhenAll(Enumerable.Range(1, asked).Chunk(1000).Select(JobsOfAsync))).SelectMany(j => j).ToList();
            if (jobs.Exists(j => j.GetProperty("estado").GetString() is not ("completado" or "fallido" or "cancelado")))
            {
                return false;
            }

            foreach (var done in jobs.Where(j => j.GetProperty("estado").GetString() == "completado"))
            {
                ledger.End(done.GetProperty("ticket_id").GetInt64());
            }

            return true;
        }
        catch (HttpRequestException e) when (e.StatusCode is null or >= HttpStatusCode.InternalServerError)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<JsonElement>> JobsOfAsync(int[] tickets)
    {
        using var http = new HttpClient { BaseAddress = new Uri(system["jobs"].Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", system.Keys.ServiceToken("tickets"));
        using var answer = await http.PostAsJsonAsync("/internal/tickets/automation", new { ticket_ids = tickets });
        return [.. (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).EnumerateObject().SelectMany(t => t.Value.GetProperty("jobs").EnumerateArray())];
    }

    private async Task SetUpAsync(HttpMethod method, string path, object body, string token)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await system.Gateway.SendAsync(request);
        Assert.That(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private int Roll(int sides)
    {
        lock (random)
        {
            return random.Next(sides);
        }
    }
}
