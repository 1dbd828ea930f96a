using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Invoicing.Jobs.Tests;

/// <summary>The jobs service on its own database and virtual host, with tenant-config's answers in the test's hands.</summary>
public sealed class JobsApp : IAsyncDisposable
{
    private static long tickets = 100;
    private readonly NpgsqlDataSource database;
    private readonly TimeProvider? time;

    private JobsApp(TestBus bus, TestService<AutomationJob> service, FakeTenantConfig tenants, FakeTickets known, TimeProvider? time)
    {
        (Bus, Service, Tenants, Known, this.time) = (bus, service, tenants, known, time);
        database = NpgsqlDataSource.Create(service.Database);
        Worker = new FakeWorker(this, "worker-1");
    }

    public TestBus Bus { get; }
    public TestService<AutomationJob> Service { get; }
    public FakeTenantConfig Tenants { get; }

    /// <summary>The tickets service.</summary>
    public FakeTickets Known { get; }
    public FakeWorker Worker { get; }

    /// <summary>What workers answer of pages that wait for a person.</summary>
    public FakePages Pages { get; private init; } = null!;

    /// <param name="tickets">The real tickets service instead of <see cref="Known"/>, made when bus, tenant-config and keys are there.</param>
    /// <param name="door">Another way to the broker's address, for the service alone.</param>
    public static async Task<JobsApp> StartAsync(
        Func<TestBus, FakeTenantConfig, InternalKeys, Task<HttpMessageHandler>>? tickets = null, TimeProvider? time = null, Dictionary<string, string?>? more = null,
        Func<string, string>? door = null)
    {
        more ??= [];
        var bus = await TestBus.StartAsync((endpoint, test) =>
        {
            TestBus.Hear<RunAttempt>(endpoint, test);
            TestBus.Hear<CancelAttempt>(endpoint, test);
            TestBus.Hear<AnswerIntervention>(endpoint, test);
            TestBus.Hear<VerifyCfdi>(endpoint, test);
            TestBus.Hear<JobProgressed>(endpoint, test);
            TestBus.Hear<JobClosed>(endpoint, test);
            TestBus.Hear<TicketSubmitted>(endpoint, test);
            TestBus.Hear<JobsForgotten>(endpoint, test);
        });
        var tenants = new FakeTenantConfig();
        if (door is not null)
        {
            more["ConnectionStrings:rabbitmq"] = door(bus.Broker);
        }

        var (known, keys) = (new FakeTickets(), new InternalKeys());
        var pages = new FakePages();
        var service = await ServeAsync(tenants, tickets is null ? known : await tickets(bus, tenants, keys), pages, bus, more, keys, time);
        var app = new JobsApp(bus, service, tenants, known, time) { Pages = pages };
        await Eventually.TrueAsync(app.ListensAsync, "the service's queues", 60);
        return app;
    }

    /// <summary>A second process of the service on the same database and broker.</summary>
    public Task<TestService<AutomationJob>> StartReplicaAsync() =>
        ServeAsync(Tenants, Known, Pages, Bus, new() { ["ConnectionStrings:jobs"] = Service.Database }, Service.Keys, time);

    private static Task<TestService<AutomationJob>> ServeAsync(FakeTenantConfig tenants, HttpMessageHandler known, FakePages pages, TestBus bus, Dictionary<string, string?> more, InternalKeys keys, TimeProvider? time)
    {
        more["Patience:FirstRetry"] = "00:00:00.100";
        more["Patience:LastRetry"] = "00:00:00.200";
        more["Patience:PerHost"] = "50";
        return TestService<AutomationJob>.StartAsync(
            "jobs", "jobs", more, services =>
            {
                if (time is not null)
                {
                    services.AddSingleton(time);
                }

                services.AddHttpClient<TenantDirectory>().ConfigurePrimaryHttpMessageHandler(() => tenants);
                services.AddHttpClient<LiveWorkers>().ConfigurePrimaryHttpMessageHandler(() => pages);
                services.AddHttpClient<TicketDirectory>().ConfigurePrimaryHttpMessageHandler(() => known);
            }, bus, keys);
    }

    private async Task<bool> ListensAsync()
    {
        using var client = Service.AsAnonymous();
        using var answer = await client.GetAsync("/health");
        return answer.IsSuccessStatusCode;
    }

    public static long NewTicket() => Interlocked.Increment(ref tickets);

    /// <summary>A ticket with its job (the even number), read at once unless <paramref name="read"/> is false.</summary>
    public async Task<(long Ticket, long Job)> SubmitAsync(string company, string priority = "normal", bool read = true, int maxRetries = 3, bool job = true, bool legacy = false)
    {
        var ticket = NewTicket();
        await Bus.SayAsync(Known.Add(Submitted(ticket, company, job ? ticket * 2 : null, priority, maxRetries, legacy)));
        if (read)
        {
            await Bus.SayAsync(Reading(ticket, company));
        }

        return (ticket, ticket * 2);
    }

    public static TicketSubmitted Submitted(long ticket, string company, long? job, string priority = "normal", int maxRetries = 3, bool legacy = false) => new(
        ticket, company, "texto", job, priority, maxRetries, 300, true, [], new Dictionary<string, string>(), null, null, null, null,
        TimeProvider.System.GetUtcNow(), legacy);

    public static TicketRead Reading(long ticket, string company, string? portal = "https://portal.example.com/factura", bool readable = true) => new(
        ticket, company, readable, readable ? null : "No se distingue el folio.", new Dictionary<string, string> { ["folio"] = "A1", ["total"] = "116.00" },
        new Dictionary<string, double>(), new Dictionary<string, IReadOnlyList<string>>(), portal is null ? [] : [portal],
        new MerchantFacts(7, "Tienda", null, ["folio", "total"], false, 0.9), null, null, new ReadingUsage("local+google_vision_ocr", 1.5, 10, 1, 900, 40, "claude-3-haiku"));

    public HttpClient As(string company, Role role = Role.@operator) => Service.As(company, role);

    public async Task<JsonElement> JobAsync(long job)
    {
        using var client = Service.AsAnonymous();
        return await client.GetFromJsonAsync<JsonElement>($"/invoicing/v2/jobs/{job}");
    }

    /// <summary>The job as soon as its automation_status is this.</summary>
    public async Task<JsonElement> WhenAsync(long job, string status)
    {
        JsonElement found = default;
        string Seen() => found.ValueKind == JsonValueKind.Object ? $"{found.GetProperty("status")}" : "unknown";
        var reached = Eventually.TrueAsync(async () =>
        {
            using var client = Service.AsAnonymous();
            using var answer = await client.GetAsync($"/invoicing/v2/jobs/{job}");
            found = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
            return found.ValueKind == JsonValueKind.Object && found.GetProperty("status").GetString() == status;
        }, $"job {job} to be {status}");
        try
        {
            await reached;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}; it is {Seen()}");
        }

        return found;
    }

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>No tickets, jobs, workers or portals: the next test starts alone.</summary>
    public async Task ClearAsync()
    {
        await ExecuteAsync("DELETE FROM workers");
        await ExecuteAsync("DELETE FROM tickets; DELETE FROM webhook_deliveries; DELETE FROM webhook_gone_receivers; DELETE FROM automation_batches; DELETE FROM portals; DELETE FROM tenant_limits");
        Tenants.Clear();
        Known.Clear();
        var memory = Service.Services.GetRequiredService<TenantMemory>();
        memory.Known.Clear();
        memory.Profiles.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Bus.DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>tenant-config as jobs sees it.</summary>
public sealed class FakeTenantConfig : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, TenantSettings> settings = new();
    private readonly ConcurrentDictionary<string, bool> profileless = new();
    private readonly ConcurrentDictionary<string, string[]> secrets = new();

    public void Set(string company, int concurrent = 3, int daily = 100, int weight = 1, string policy = "wait", bool enhanced = true, string? webhook = null, params (string Name, FeatureState State)[] more) =>
        settings[company] = new TenantSettings(company, concurrent, daily, 1000, webhook, 300, weight, policy,
            more.Append(("enhanced_automation", new(enhanced, null, null))).ToDictionary(f => f.Item1, f => f.Item2));

    /// <summary>It does not answer.</summary>
    public bool Down { get; set; }

    /// <summary>Secrets of the tenant's webhooks, newest first; every tenant has one.</summary>
    public void SignsWith(string company, params string[] whsec) => secrets[company] = whsec;

    public void WithoutProfile(string company, bool without = true) => profileless[company] = without;

    public void Clear()
    {
        settings.Clear();
        profileless.Clear();
        Down = false;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var parts = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
        var company = parts[2];
        if (Down)
        {
            throw new HttpRequestException("tenant-config is down");
        }

        if (parts.ElementAtOrDefault(3) == "webhook-secrets")
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(new { secrets = secrets.GetValueOrDefault(company, ["whsec_c2VjcmV0byBkZSBwcnVlYmE="]) }),
            });
        }

        if (parts.Length > 3)
        {
            var emptyId = request.RequestUri.Query.EndsWith("id=", StringComparison.Ordinal);
            return Task.FromResult(new HttpResponseMessage(emptyId ? HttpStatusCode.BadRequest : profileless.GetValueOrDefault(company) ? HttpStatusCode.NotFound : HttpStatusCode.OK));
        }

        var answer = settings.GetValueOrDefault(company) ?? TenantMemory.Defaults(company);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, options: Json.Options) });
    }
}

/// <summary>The tickets service as jobs sees it: what it said of its tickets.</summary>
public sealed class FakeTickets : HttpMessageHandler
{
    private readonly ConcurrentDictionary<long, TicketSubmitted> said = new();

    private int questions;

    /// <summary>It does not answer.</summary>
    public bool Down { get; set; }

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Slow { get; set; }

    public int Questions => questions;

    public TicketSubmitted Add(TicketSubmitted submission) => said[submission.TicketId] = submission;

    public void Clear()
    {
        said.Clear();
        (Down, Slow, questions) = (false, default, 0);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new HttpRequestException("tickets is down");
        }

        Interlocked.Increment(ref questions);
        await Task.Delay(Slow, cancellationToken);

        return request.RequestUri!.AbsolutePath.Trim('/').Split('/') switch
        {
            ["internal", "jobs", var job] => Answer(said.Values.FirstOrDefault(s => $"{s.JobId}" == job)),
            ["internal", "tickets", var ticket, "submission"] => Answer(said.Values.FirstOrDefault(s => $"{s.TicketId}" == ticket)),
            ["internal", "tickets", "submissions"] => Answer(await AskedAsync(request, cancellationToken)),
            _ => new HttpResponseMessage(HttpStatusCode.NotImplemented),
        };
    }

    private async Task<TicketSubmitted[]> AskedAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var asked = await request.Content!.ReadFromJsonAsync<JsonElement>(ct);
        return [.. asked.GetProperty("ticket_ids").EnumerateArray().Select(id => said.GetValueOrDefault(id.GetInt64())).OfType<TicketSubmitted>()];
    }

    private static HttpResponseMessage Answer(object? found) => found is null
        ? new HttpResponseMessage(HttpStatusCode.NotFound)
        : new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(found, options: Json.Options) };
}

/// <summary>The doors of workers behind which pages wait.</summary>
public sealed class FakePages : HttpMessageHandler
{
    /// <summary>Method, address and body of each call.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.NotFound);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Enqueue($"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken))}");
        return request.Headers.Authorization is { Scheme: "Bearer" } ? Answer(request) : new HttpResponseMessage(HttpStatusCode.Unauthorized);
    }
}

/// <summary>Speaks as a browser worker does: its HTTP calls and its messages.</summary>
public sealed class FakeWorker(JobsApp app, string name)
{
    private static readonly AttemptUsage Usage = new(12.5, 4, 0, 0, 0, 0, null, 100);

    public static StoredFile Xml { get; } = new("aaaa/bbbbbbbbbbbb", "factura.xml", "application/xml", 10, new string('a', 64));

    public async Task OfferAsync(int slots, bool draining = false, string? address = null)
    {
        using var client = app.Service.AsService("browser-automation");
        using var answer = await client.PostAsJsonAsync($"/internal/workers/{name}", new { slots, busy = 0, draining, address });
        answer.EnsureSuccessStatusCode();
    }

    public Task<RunAttempt> AttemptAsync(long job, int attempt = 1) => app.Bus.WaitForAsync<RunAttempt>(r => r.JobId == job && r.Attempt == attempt);

    public async Task<RunAttempt> TakeAsync(long job, int attempt = 1)
    {
        var run = await AttemptAsync(job, attempt);
        Assert.That(await CallAsync(job, attempt, "lease", new { worker = name, session_id = $"s-{job}-{attempt}" }), Is.EqualTo(HttpStatusCode.OK));
        await app.Bus.SayAsync(new AttemptStarted(job, attempt, run.CompanyId, name, $"s-{job}-{attempt}", TimeProvider.System.GetUtcNow()));
        return run;
    }

    public async Task<HttpStatusCode> CallAsync(long job, int attempt, string call, object body)
    {
        using var client = app.Service.AsService("browser-automation");
        using var answer = await client.PostAsJsonAsync($"/internal/jobs/{job}/attempts/{attempt}/{call}", body);
        return answer.StatusCode;
    }

    public Task<HttpStatusCode> EmitAsync(RunAttempt run) =>
        CallAsync(run.JobId, run.Attempt, "emission", new { url = run.PortalUrls[0], receptor = "EKU9003173C9" });

    public Task StepAsync(RunAttempt run, int number, string status = "navegando", string action = "navigate", StoredFile? shot = null, Guid? id = null) => app.Bus.SayAsync(
        new StepRecorded(run.JobId, run.Attempt, run.CompanyId, number, status, action, $"Paso {number}", "https://portal.example.com", null, "ok", 5, shot, null, null,
            TimeProvider.System.GetUtcNow()), id);

    public Task AskAsync(RunAttempt run, string id, string kind = "captcha", string? field = null, int seconds = 600) => app.Bus.SayAsync(new InterventionAsked(
        id, run.JobId, run.Attempt, run.CompanyId, kind, "Escriba lo que ve.", field, null, null, [], TimeProvider.System.GetUtcNow(),
        TimeProvider.System.GetUtcNow().AddSeconds(seconds)));

    public Task FinishAsync(
        RunAttempt run, string outcome, bool emitted = false, bool xml = false, DateTimeOffset? retryAt = null, string? field = null, Guid? id = null) => app.Bus.SayAsync(
        new AttemptFinished(run.JobId, run.Attempt, run.CompanyId, outcome, $"Detalle de {outcome}.", field, "https://portal.example.com/fin", null, retryAt,
            "EKU9003173C9", emitted, xml ? [new DeliveredFile("cfdi_xml", Xml)] : [], Usage, TimeProvider.System.GetUtcNow()), id);

    /// <summary>From the hand-out to the delivered XML.</summary>
    public async Task<RunAttempt> DeliverAsync(long job, int attempt = 1)
    {
        var run = await TakeAsync(job, attempt);
        Assert.That(await EmitAsync(run), Is.EqualTo(HttpStatusCode.OK));
        await FinishAsync(run, Outcomes.Entregada, emitted: true, xml: true);
        return run;
    }

    public Task AcceptAsync(RunAttempt run) => app.Bus.SayAsync(new CfdiAccepted(
        run.TicketId, run.JobId, run.CompanyId, Guid.NewGuid().ToString().ToUpperInvariant(), "AAA010101AAA", "EKU9003173C9", 116m,
        TimeProvider.System.GetUtcNow(), Xml.Key, null, run.Attempt));
}
