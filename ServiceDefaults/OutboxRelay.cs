using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Invoicing;

/// <summary>
/// Gives messages that this process has just committed to its relay, which sends them without reading them again. Until
/// <see cref="Reserved"/> has passed their rows are left alone by every other relay; then they are anybody's, should this process have died.
/// </summary>
public sealed class OutboxHandover
{
    public static readonly TimeSpan Reserved = TimeSpan.FromSeconds(8);
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly Channel<(OutboxMessage Message, long Since)> given = Channel.CreateBounded<(OutboxMessage, long)>(10_000);

    internal ChannelReader<(OutboxMessage Message, long Since)> Given => given.Reader;

    /// <summary>Where there is no room its row waits until it is anybody's. One without a number was given up with a save that failed.</summary>
    internal void Give(OutboxMessage committed)
    {
        if (committed.Id != 0)
        {
            given.Writer.TryWrite((committed, Stopwatch.GetTimestamp()));
        }
    }

    /// <summary>There are rows that nobody was given.</summary>
    internal void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already awake.
        }
    }

    internal Task<bool> WaitAsync(TimeSpan limit, CancellationToken ct) => wake.WaitAsync(limit, ct);
}

/// <summary>
/// Sends what the outbox holds and deletes what the broker confirmed: what this process committed at once, and what is due otherwise oldest
/// first. Several replicas may run it.
/// </summary>
public sealed class OutboxRelay<TDb>(IServiceScopeFactory scopes, IBus bus, BusWatch watch, OutboxHandover handover, TimeProvider time, ILogger<OutboxRelay<TDb>> log)
    : BackgroundService where TDb : DbContext
{
    private const int Batch = 100;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>A publish in flight when the broker dies may never return by itself.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    /// <summary>Rows of sent messages are in nobody's way: many are deleted in one commit.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);
    private readonly Channel<(long Id, bool Sent)> tried = Channel.CreateUnbounded<(long, bool)>(new UnboundedChannelOptions { SingleReader = true });

    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(SendDueAsync(ct), SendGivenAsync(ct), SettleAsync(ct));

    private async Task SendDueAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await SendBatchAsync(ct) < Batch)
                {
                    await handover.WaitAsync(Poll, ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(e, "Outbox pass failed");
                await Task.Delay(Poll, time, CancellationToken.None);
            }
        }
    }

    private async Task SendGivenAsync(CancellationToken ct)
    {
        var room = new SemaphoreSlim(Batch);
        await foreach (var (message, since) in handover.Given.ReadAllAsync(ct))
        {
            await room.WaitAsync(ct);
            // One that waited long is left to whoever finds its row: it must not leave twice.
            if (Stopwatch.GetElapsedTime(since) < OutboxHandover.Reserved - SendLimit)
            {
                _ = SendOneAsync(message);
            }
            else
            {
                room.Release();
            }
        }

        async Task SendOneAsync(OutboxMessage message)
        {
            try
            {
                tried.Writer.TryWrite((message.Id, await SendAsync(message, ct)));
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                // Its row is anybody's soon.
            }
            finally
            {
                room.Release();
            }
        }
    }

    /// <summary>Deletes the rows of messages that were given and left; those that did not leave are due again in a second.</summary>
    private async Task SettleAsync(CancellationToken ct)
    {
        try
        {
            while (await tried.Reader.WaitToReadAsync(ct))
            {
                await Task.Delay(Gather, ct);
                await SettleTriedAsync(ct);
            }
        }
        finally
        {
            // What was sent in the last moment is not said again by others.
            await SettleTriedAsync(CancellationToken.None);
        }
    }

    private async Task SettleTriedAsync(CancellationToken ct)
    {
        var (sent, kept) = (new List<long>(), new List<long>());
        while (tried.Reader.TryRead(out var one))
        {
            (one.Sent ? sent : kept).Add(one.Id);
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var rows = scope.ServiceProvider.GetRequiredService<TDb>().Set<OutboxMessage>();
            await rows.Where(m => sent.Contains(m.Id)).ExecuteDeleteAsync(ct);
            if (kept.Count > 0)
            {
                var again = time.GetUtcNow().AddSeconds(1);
                await rows.Where(m => kept.Contains(m.Id)).ExecuteUpdateAsync(s => s.SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.NotBefore, again), ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // They are sent again when nobody reserves them any more; inboxes know repeats.
            log.LogWarning("{Count} messages left and their rows stayed: {Error}", sent.Count, e.Message);
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
            watch.Left();
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            watch.Stayed(e);
            log.LogWarning(e, "Message {Type} {MessageId} did not leave, try {Attempt}", message.Type, message.MessageId, message.Attempts + 1);
            return false;
        }
    }
}
