using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.SystemTests.Faults;

/// <summary>
/// Jobs are asked for through the gateway while its processes die at random, the connections of database and broker are cut and every message
/// comes up to three times. INVOICING_LONG_TESTS=1 makes it 1,000 jobs and 60 faults. The seed is printed.
/// </summary>
[NonParallelizable]
public sealed class FaultTests
{
    private const string Company = "empresa_de_fallas";
    private static readonly (int Jobs, int Faults, int Deaths) Size = Environment.GetEnvironmentVariable("INVOICING_LONG_TESTS") == "1" ? (1000, 60, 30) : (120, 5, 2);
    private static readonly string[] Mortal = ["jobs", "gateway", "tenant-config"];
    private readonly Ledger ledger = new();
    private LocalSystem system = null!;
    private Outside outside = null!;
    private Random random = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var seed = Random.Shared.Next();
        await TestContext.Progress.WriteLineAsync($"seed {seed}");
        random = new Random(seed);
        system = await LocalSystem.StartAsync(new SystemPlan { Services = Mortal, Portals = false });
        var token = await system.PlatformTokenAsync();
        await SetUpAsync(HttpMethod.Put, $"/invoicing/v2/tenants/{Company}", new { max_concurrent_jobs = 50, max_daily_jobs = 100_000 }, token);
        await SetUpAsync(HttpMethod.Post, $"/invoicing/v2/tenants/{Company}/fiscal-profiles", new
        {
            rfc = "EKU9003173C9", nombre = "ESCUELA KEMPER URGATE", codigo_postal = "42501", regimen_fiscal = "601", uso_cfdi = "G03", correo = "facturas@empresa.test", is_default = true,
        }, token);
        outside = new Outside(system, ledger, random) { Deaths = Size.Deaths };
        await outside.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await outside.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test, Explicit("Takes from one to several minutes by its seed; some seeds were stopped before their end, and why they are slow is not known yet.")]
    public async Task Nothing_promised_is_lost_and_nothing_is_done_twice()
    {
        for (var ticket = 1L; ticket <= Size.Jobs; ticket++)
        {
            await outside.SayAsync(Submitted(ticket));
            await outside.SayAsync(Reading(ticket));
        }

        var (harm, asking) = (HarmAsync(), new List<Task>());
        for (var ticket = 1L; ticket <= Size.Jobs; ticket++)
        {
            asking.Add(AskAsync(ticket));
            await Task.Delay(200);
        }

        await Task.WhenAll([harm, .. asking]);
        await Eventually.TrueAsync(EveryoneEndedAsync, () => $"the end of {string.Join(' ', ledger.Lost)}\n{system.LastWords("jobs")}", seconds: 240);
        var counts = ledger.Count();
        await TestContext.Progress.WriteLineAsync(counts.ToString());
        Assert.That(counts.Holds, Is.True, counts.ToString());
        Assert.That(counts.Acknowledged, Is.GreaterThan(Size.Jobs / 2), "the faults left something to promise");
    }

    /// <summary>Sent with one key until it is answered, for a while; who gets no answer is promised nothing.</summary>
    private async Task AskAsync(long ticket)
    {
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
            var victim = system[Mortal[i == 0 ? 0 : Roll(Mortal.Length)]];
            await Task.Delay(Roll(2000));
            victim.Kill();
            await Task.Delay(Roll(2000));
            victim.Start();
            await victim.WaitUntilHealthyAsync();
            await Servers.CutDatabaseAsync(system.Databases["jobs"]);
            await Servers.CutBrokerAsync(system.Broker);
        }
    }

    private async Task<bool> EveryoneEndedAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(system["jobs"].Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", system.Keys.ServiceToken("tickets"));
        try
        {
            using var answer = await http.PostAsJsonAsync("/internal/tickets/automation", new { ticket_ids = Enumerable.Range(1, Size.Jobs) });
            var jobs = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).EnumerateObject()
                .SelectMany(t => t.Value.GetProperty("jobs").EnumerateArray()).ToList();
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
        catch (HttpRequestException)
        {
            return false;
        }
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

    private static TicketSubmitted Submitted(long ticket) => new(
        ticket, Company, "texto", null, "normal", 10, 300, true, [], new Dictionary<string, string>(), null, null, null, null, TimeProvider.System.GetUtcNow(), false);

    private static TicketRead Reading(long ticket) => new(
        ticket, Company, true, null, new Dictionary<string, string> { ["folio"] = $"A{ticket}" }, new Dictionary<string, double>(),
        new Dictionary<string, IReadOnlyList<string>>(), [$"https://portal{ticket % 30}.example.com/f"], null, null, null, new ReadingUsage("local", 1, 1));
}
