using System.Text.Json;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Invoicing;

/// <summary>A message waiting to leave, written in the same commit as the rows it speaks of.</summary>
public sealed class OutboxMessage
{
    public long Id { get; private set; }
    public required Guid MessageId { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public required string? TraceParent { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Attempts { get; private set; }
    public DateTimeOffset NotBefore { get; internal set; }

    /// <summary>A send failed: later again, 1 s doubling to 60 s.</summary>
    public void Failed(DateTimeOffset now) =>
        NotBefore = now.AddSeconds(Math.Min(60, Math.Pow(2, Attempts++)));
}

public static class Outbox
{
    private const string Channel = "outbox";

    /// <summary>Adds the message to the next save of this context. At least once: consumers keep an inbox.</summary>
    /// <param name="notBefore">When it may leave; null for at once.</param>
    public static void Publish<T>(this DbContext db, T message, DateTimeOffset now, DateTimeOffset? notBefore = null) where T : class
    {
        db.Add(Of(message, now, notBefore));
        db.WakeRelay();
    }

    /// <summary>Many messages in one write, at once and inside the current transaction.</summary>
    /// <inheritdoc cref="Publish"/>
    public static async Task PublishAllAsync<T>(
        this DbContext db, IEnumerable<T> messages, DateTimeOffset now, CancellationToken ct, DateTimeOffset? notBefore = null) where T : class
    {
        await db.CopyAsync([.. messages.Select(m => Of(m, now, notBefore))], ct);
        db.WakeRelay();
    }

    private static OutboxMessage Of<T>(T message, DateTimeOffset now, DateTimeOffset? notBefore) where T : class => new()
    {
        NotBefore = notBefore ?? DateTimeOffset.MinValue,
        MessageId = NewId.NextGuid(),
        Type = message.GetType().FullName!,
        Body = JsonSerializer.Serialize(message, message.GetType(), MessageJson),
        TraceParent = Telemetry.TraceParent,
        CreatedAt = now,
    };

    private static void WakeRelay(this DbContext db)
    {
        if (db.ApplicationService<OutboxSignal>() is { } signal)
        {
            db.AfterCommitted(signal, signal.Set);
        }
    }

    /// <summary>Tables <c>outbox_messages</c> and <c>inbox_messages</c>; call from OnModelCreating.</summary>
    public static void AddOutboxAndInbox(this ModelBuilder model)
    {
        var outbox = model.Entity<OutboxMessage>().ToTable("outbox_messages");
        outbox.HasKey(m => m.Id);
        outbox.Property(m => m.Body).HasColumnType("jsonb");
        outbox.Property(m => m.NotBefore).HasDefaultValueSql("'-infinity'");
        outbox.HasIndex(m => m.NotBefore);
        var inbox = model.Entity<InboxMessage>().ToTable("inbox_messages");
        inbox.HasKey(m => new { m.MessageId, m.Consumer });
        inbox.HasIndex(m => m.ReceivedAt);
    }

    /// <summary>Wakes the relay on every insert; call at the end of the first migration's Up.</summary>
    public static void AddOutboxTrigger(this MigrationBuilder migration) => migration.Sql($"""
        CREATE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_notify(''{Channel}'', ''''); RETURN NULL; END';
        CREATE TRIGGER outbox_notify AFTER INSERT ON outbox_messages FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();
        """);

    /// <summary>Call at the start of the first migration's Down.</summary>
    public static void DropOutboxTrigger(this MigrationBuilder migration) => migration.Sql("""
        DROP TRIGGER IF EXISTS outbox_notify ON outbox_messages;
        DROP FUNCTION IF EXISTS outbox_notify();
        """);

    internal static JsonSerializerOptions MessageJson { get; } = new();

    internal static Type TypeOf(string name) =>
        typeof(TicketSubmitted).Assembly.GetType(name) ?? throw new InvalidOperationException($"No contract is called {name}");
}

/// <summary>Lets a sender in this process wake the relay without waiting for the database's notice.</summary>
public sealed class OutboxSignal
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Set()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    internal Task<bool> WaitAsync(TimeSpan limit, CancellationToken ct) => signal.WaitAsync(limit, ct);
}

/// <summary>Sends what the outbox holds, oldest first, and deletes what the broker confirmed. Several replicas may run it.</summary>
public sealed class OutboxRelay<TDb>(
    IServiceScopeFactory scopes, IBus bus, NpgsqlDataSource source, OutboxSignal signal, TimeProvider time, ILogger<OutboxRelay<TDb>> log)
    : BackgroundService where TDb : DbContext
{
    private const int Batch = 100;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>A publish in flight when the broker dies may never return by itself.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        _ = ListenAsync(ct);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await SendBatchAsync(ct) < Batch)
                {
                    await signal.WaitAsync(Poll, ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(e, "Outbox pass failed");
                await Task.Delay(Poll, time, CancellationToken.None);
            }
        }
    }

    private async Task<int> SendBatchAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var due = await db.Set<OutboxMessage>().FromSqlInterpolated(
            $"SELECT * FROM outbox_messages WHERE not_before <= {now} ORDER BY id LIMIT {Batch} FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        // Side by side: the broker confirms many as quickly as one. Consumers do not rely on the order, a retry would break it anyway.
        var sent = await Task.WhenAll(due.Select(m => SendAsync(m, ct)));
        var gone = due.Zip(sent).Where(d => d.Second).Select(d => d.First.Id).ToArray();
        await db.Set<OutboxMessage>().Where(m => gone.Contains(m.Id)).ExecuteDeleteAsync(ct);
        foreach (var (message, _) in due.Zip(sent).Where(d => !d.Second))
        {
            message.Failed(now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due.Count;
    }

    private async Task<bool> SendAsync(OutboxMessage message, CancellationToken ct)
    {
        using var span = Telemetry.Continue("outbox relay", message.TraceParent);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(SendLimit);
        try
        {
            var type = Outbox.TypeOf(message.Type);
            var body = JsonSerializer.Deserialize(message.Body, type, Outbox.MessageJson)!;
            await bus.Publish(body, type, context =>
            {
                context.MessageId = message.MessageId;
                if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                {
                    // A message nobody is bound to yet comes back and waits here, instead of vanishing while services start in any order.
                    rabbit.Mandatory = !type.IsDefined(typeof(BroadcastAttribute), false);
                }
            }, limit.Token);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(e, "Message {Type} {MessageId} did not leave, try {Attempt}", message.Type, message.MessageId, message.Attempts + 1);
            return false;
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                connection.Notification += (_, _) => signal.Set();
                await using (var listen = new NpgsqlCommand("LISTEN outbox", connection))
                {
                    await listen.ExecuteNonQueryAsync(ct);
                }

                while (true)
                {
                    await connection.WaitAsync(ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogDebug(e, "Outbox notices interrupted; polling goes on");
                await Task.Delay(Poll, time, CancellationToken.None);
            }
        }
    }
}
