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
        memory.FarFromLimit.Clear();
        memory.Profiles.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Bus.DisposeAsync();
        await database.DisposeAsync();
    }
}
