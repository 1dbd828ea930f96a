using Invoicing.Messages;
using Invoicing.TestSupport;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Invoicing.ServiceDefaults.Tests;

/// <summary>A service of one table and one consumer, on a real database and broker.</summary>
public sealed class OutboxTests
{
    public sealed class Seen
    {
        public int Id { get; private set; }
        public required string Company { get; init; }
    }

    public sealed class SampleDb(DbContextOptions<SampleDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Seen>();
            modelBuilder.AddOutboxAndInbox();
        }
    }

    public sealed class CountTenant(SampleDb db, ILogger<CountTenant> log) : IConsumer<JobPriced>
    {
        private static int failures = 2;

        public async Task Consume(ConsumeContext<JobPriced> context)
        {
            log.LogInformation("Counting job {Job}", context.Message.JobId);
            db.Add(new Seen { Company = context.Message.CompanyId });
            await db.SaveChangesAsync();
            if (context.Message.CompanyId == "fails-twice" && Interlocked.Decrement(ref failures) >= 0)
            {
                throw new InvalidOperationException("on purpose, after the save");
            }
        }
    }

    private WebApplication app = null!;
    private TestBus bus = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        bus = await TestBus.StartAsync(TestBus.Hear<TicketChanged>);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:sample"] = await Servers.NewDatabaseAsync(),
            ["ConnectionStrings:rabbitmq"] = bus.Broker,
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.AddServiceDefaults();
        builder.Logging.AddFakeLogging();
        builder.AddDatabase<SampleDb>("sample");
        builder.AddMessaging<SampleDb>("sample", typeof(OutboxTests).Assembly, t => t == typeof(CountTenant));
        app = builder.Build();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SampleDb>().Database.EnsureCreatedAsync();
        }

        await app.StartAsync();
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await app.DisposeAsync();
        await bus.DisposeAsync();
    }

    [Test]
    public async Task A_message_leaves_once_its_row_is_committed_and_not_when_it_is_rolled_back()
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(Changed(1), TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await SaveAsync(db => db.Publish(Changed(2), TimeProvider.System.GetUtcNow()));
        await bus.WaitForAsync<TicketChanged>(m => m.TicketId == 2);
        Assert.That(bus.Heard<TicketChanged>().Select(m => m.TicketId), Has.No.Member(1));
        await Eventually.TrueAsync(async () => await CountAsync<OutboxMessage>() == 0, "an empty outbox");
    }

    [Test]
    public async Task A_message_of_a_transaction_that_was_given_up_never_leaves_though_the_context_goes_on()
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
            await using (await db.Database.BeginTransactionAsync())
            {
                db.Publish(Changed(4), TimeProvider.System.GetUtcNow());
                await db.SaveChangesAsync();
            }

            db.ChangeTracker.Clear();
            await using var second = await db.Database.BeginTransactionAsync();
            db.Publish(Changed(5), TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync();
            await second.CommitAsync();
        }

        await bus.WaitForAsync<TicketChanged>(m => m.TicketId == 5);
        await Eventually.TrueAsync(async () => await CountAsync<OutboxMessage>() == 0, "an empty outbox");
        Assert.That(bus.Heard<TicketChanged>().Select(m => m.TicketId), Has.No.Member(4));
    }

    /// <summary>Several statements make Entity Framework open and commit a transaction of its own, before the rows know their numbers.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_message_saved_beside_other_rows_leaves_while_its_row_is_reserved(bool inTransaction)
    {
        var (id, published) = (inTransaction ? 7 : 6, TimeProvider.System.GetUtcNow());
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
            await using var transaction = inTransaction ? await db.Database.BeginTransactionAsync() : null;
            db.Add(new Seen { Company = $"beside {id}" });
            db.Publish(Changed(id), published);
            await db.SaveChangesAsync();
            await (transaction?.CommitAsync() ?? Task.CompletedTask);
        }

        await bus.WaitForAsync<TicketChanged>(m => m.TicketId == id);
        Assert.That(TimeProvider.System.GetUtcNow(), Is.LessThan(published + OutboxHandover.Reserved));
    }

    [Test]
    public async Task A_message_whose_process_died_before_sending_it_is_sent_by_another()
    {
        await SaveAsync(db => db.Add(new OutboxMessage
        {
            MessageId = NewId.NextGuid(), Type = typeof(TicketChanged).FullName!, Body = System.Text.Json.JsonSerializer.Serialize(Changed(3)), TraceParent = null,
            CreatedAt = TimeProvider.System.GetUtcNow(), NotBefore = TimeProvider.System.GetUtcNow() + OutboxHandover.Reserved,
        }));
        await bus.WaitForAsync<TicketChanged>(m => m.TicketId == 3);
        await Eventually.TrueAsync(async () => await CountAsync<OutboxMessage>() == 0, "an empty outbox");
    }

    [Test]
    public async Task A_message_nobody_is_bound_to_waits_in_the_outbox()
    {
        var unheard = new CfdiAccepted(1, 2, "acme", "u", "e", "r", 1, TimeProvider.System.GetUtcNow(), "x", null);
        await SaveAsync(db => db.Publish(unheard, TimeProvider.System.GetUtcNow()));
        await Eventually.TrueAsync(() => ReadAsync(db => db.Set<OutboxMessage>().AnyAsync(m => m.Attempts > 0)), "a returned message");
        await SaveAsync(db => db.RemoveRange(db.Set<OutboxMessage>()));
    }

    [Test]
    public async Task The_same_message_twice_is_consumed_once()
    {
        var id = NewId.NextGuid();
        await bus.SayAsync(Priced("twice"), id);
        await bus.SayAsync(Priced("twice"), id);
        await bus.SayAsync(Priced("after"));
        await Eventually.TrueAsync(async () => await SeenAsync("after") == 1 && await SeenAsync("twice") > 0, "both messages");
        Assert.That(await SeenAsync("twice"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_consumer_that_fails_leaves_nothing_behind_until_it_succeeds()
    {
        await bus.SayAsync(Priced("fails-twice"));
        await Eventually.TrueAsync(async () => await SeenAsync("fails-twice") > 0, "the third try");
        Assert.That(await SeenAsync("fails-twice"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_logged_about_a_message_names_its_tenant_and_its_trace()
    {
        await bus.SayAsync(Priced("named"));
        await Eventually.TrueAsync(async () => await SeenAsync("named") == 1, "the message");
        var scopes = app.Services.GetFakeLogCollector().GetSnapshot().Where(r => r.Category!.EndsWith("CountTenant", StringComparison.Ordinal))
            .SelectMany(r => r.Scopes.OfType<IEnumerable<KeyValuePair<string, object?>>>().SelectMany(s => s)).ToLookup(s => s.Key, s => s.Value);
        Assert.That(scopes[TenantLogScope.Key], Has.Member("named"));
        Assert.That(scopes["TraceId"], Is.Not.Empty);
    }

    [Test]
    public async Task Queues_are_quorum_queues()
    {
        var queues = await Servers.QueuesAsync(bus.Broker);
        Assert.That(queues.Single(q => q.Name == "sample-count-tenant").Type, Is.EqualTo("quorum"));
    }

    private static TicketChanged Changed(long ticket) => new(ticket, "acme", "pendiente", null, TimeProvider.System.GetUtcNow());

    private static JobPriced Priced(string company) => new(1, company, new Dictionary<string, decimal>(), TimeProvider.System.GetUtcNow());

    private Task<int> SeenAsync(string company) => ReadAsync(db => db.Set<Seen>().CountAsync(s => s.Company == company));

    private Task<int> CountAsync<T>() where T : class => ReadAsync(db => db.Set<T>().CountAsync());

    private async Task<T> ReadAsync<T>(Func<SampleDb, Task<T>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<SampleDb>());
    }

    private async Task SaveAsync(Action<SampleDb> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
        change(db);
        await db.SaveChangesAsync();
    }
}
