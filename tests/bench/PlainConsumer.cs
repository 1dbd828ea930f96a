using System.Collections.Concurrent;
using System.Diagnostics;
using Invoicing.TestSupport;
using MassTransit;
using Npgsql;

namespace Invoicing.Bench;

/// <summary>A message on a quorum queue, confirmed to the client; its consumer keeps one row in PostgreSQL as the job's end. Nothing else.</summary>
internal sealed class PlainConsumer : IEngine, IAsyncDisposable
{
    public sealed record Work(long Number, int Milliseconds);

    private readonly ConcurrentDictionary<long, (long Since, TaskCompletionSource<Ran> Ran)> waiting = new();
    private readonly NpgsqlDataSource database;
    private readonly string broker;
    private readonly IBusControl publisher;
    private IBusControl? consumer;
    private readonly Tally tally = new();
    private int running;

    private PlainConsumer(string database, string broker) =>
        (this.database, this.broker, publisher) = (NpgsqlDataSource.Create(database), broker, Bus.Factory.CreateUsingRabbitMq(r => r.Host(new Uri(broker))));

    public string Name => "MassTransit consumer";

    public int Lost => waiting.Count;

    public int Running => running;

    public static async Task<PlainConsumer> StartAsync()
    {
        var engine = new PlainConsumer(await Servers.NewDatabaseAsync(), await Servers.NewBrokerAsync());
        await using var table = engine.database.CreateCommand("CREATE TABLE done (number bigint PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
        await table.ExecuteNonQueryAsync();
        await engine.publisher.StartAsync();
        await engine.OfferAsync(1);
        return engine;
    }

    public async Task OfferAsync(int slots)
    {
        if (consumer is not null)
        {
            await consumer.StopAsync();
            consumer = null;
        }

        if (slots > 0)
        {
            consumer = Bus.Factory.CreateUsingRabbitMq(rabbit =>
            {
                rabbit.Host(new Uri(broker));
                rabbit.ReceiveEndpoint("plain-work", e =>
                {
                    e.SetQuorumQueue(1);
                    (e.PrefetchCount, e.ConcurrentMessageLimit) = ((ushort)slots, slots);
                    e.Handler<Work>(RunAsync);
                });
            });
            await consumer.StartAsync();
        }
    }

    public async Task<Ran> SubmitAsync(string tenant, TimeSpan work)
    {
        var (number, ran) = ((long)tally.Submit(), new TaskCompletionSource<Ran>(TaskCreationOptions.RunContinuationsAsynchronously));
        waiting[number] = (Stopwatch.GetTimestamp(), ran);
        await publisher.Publish(new Work(number, (int)work.TotalMilliseconds));
        tally.Store();
        return await ran.Task;
    }

    public Task AcceptedAsync() => tally.AllStoredAsync();

    public async Task IdleAsync()
    {
        await using var count = database.CreateCommand("SELECT count(*) FROM done");
        while ((long)(await count.ExecuteScalarAsync())! < tally.Submitted)
        {
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await OfferAsync(0);
        await publisher.StopAsync();
        await database.DisposeAsync();
    }

    private async Task RunAsync(ConsumeContext<Work> context)
    {
        Interlocked.Increment(ref running);
        if (waiting.TryRemove(context.Message.Number, out var job))
        {
            job.Ran.SetResult(new Ran(Stopwatch.GetElapsedTime(job.Since)));
        }

        await Task.Delay(context.Message.Milliseconds);
        Interlocked.Decrement(ref running);
        await using var done = database.CreateCommand("INSERT INTO done (number) VALUES ($1) ON CONFLICT DO NOTHING");
        done.Parameters.Add(new() { Value = context.Message.Number });
        await done.ExecuteNonQueryAsync();
    }
}
