using Invoicing.Messages;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.Billing.Tests;

/// <summary>One billing-metrics for all tests of the assembly; they keep apart by company.</summary>
[SetUpFixture]
public sealed class App
{
    private static long lastJob = 1000;

    public static TestService<Program> Service { get; private set; } = null!;

    public static TestBus Bus { get; private set; } = null!;

    public static string NewCompany() => $"company_{Guid.NewGuid():N}"[..20];

    public static long NewJob() => Interlocked.Increment(ref lastJob);

    public static DateTimeOffset Noon { get; } = new(2024, 9, 15, 18, 0, 0, TimeSpan.Zero);

    public static JobUsage SomeUsage { get; } = new(1.5, 20, 1, 1, 10_000, 1_000, "claude-3-5-sonnet", 250_000, 1);

    public static JobClosed Closed(string company, long job, string estado = "completado", long sequence = 9, JobUsage? usage = null, DateTimeOffset? at = null, string merchant = "Simple Portal") => new(
        job, job + 1, company, estado, estado, estado == "completado" ? "entregada" : "portal_caido", null, merchant, null, usage ?? SomeUsage,
        (at ?? Noon).AddSeconds(-30), at ?? Noon, sequence);

    /// <summary>Says it and waits until its price is told.</summary>
    public static async Task<JobPriced> CountAsync(JobClosed closed)
    {
        var before = Bus.Heard<JobPriced>().Count(p => p.JobId == closed.JobId);
        await Bus.SayAsync(closed);
        await Eventually.TrueAsync(() => Task.FromResult(Bus.Heard<JobPriced>().Count(p => p.JobId == closed.JobId) > before), "the price");
        return Bus.Heard<JobPriced>().Last(p => p.JobId == closed.JobId);
    }

    public static async Task<object?> SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Service.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Bus = await TestBus.StartAsync((endpoint, test) =>
        {
            TestBus.Hear<JobPriced>(endpoint, test);
            TestBus.Hear<BudgetThresholdReached>(endpoint, test);
        });
        Service = await TestService<Program>.StartAsync("billing-metrics", "billing", bus: Bus);
        await ListensAsync(Service);
    }

    /// <summary>A message said before the consumer's queue is there and bound would reach nobody.</summary>
    public static Task ListensAsync(TestService<Program> service) => Eventually.TrueAsync(async () =>
    {
        using var client = service.CreateClient();
        using var health = await client.GetAsync("/health");
        return health.IsSuccessStatusCode;
    }, "the bus");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Service.DisposeAsync();
        await Bus.DisposeAsync();
    }
}
