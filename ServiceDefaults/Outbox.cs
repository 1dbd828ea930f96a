using System.Text.Json;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

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
    public DateTimeOffset NotBefore { get; set; }

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
        var handover = notBefore is null ? db.ApplicationService<OutboxHandover>() : null;
        var row = Of(message, now, handover is null ? notBefore : now + OutboxHandover.Reserved);
        db.Add(row);
        if (handover is not null)
        {
            db.AfterCommitted(row, () => handover.Give(row));
        }
    }

    /// <summary>Many messages in one write, at once and inside the current transaction.</summary>
    /// <inheritdoc cref="Publish"/>
    public static async Task PublishAllAsync<T>(
        this DbContext db, IEnumerable<T> messages, DateTimeOffset now, CancellationToken ct, DateTimeOffset? notBefore = null) where T : class
    {
        await db.CopyAsync([.. messages.Select(m => Of(m, now, notBefore))], ct);
        if (db.ApplicationService<OutboxHandover>() is { } handover)
        {
            db.AfterCommitted(handover, handover.Wake);
        }
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

    /// <summary>Told every process of each insert; what makes a commit with a NOTIFY dear. Later migrations drop it.</summary>
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
