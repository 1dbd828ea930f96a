using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Invoicing;

/// <summary>
/// Ends a process whose bus is lost, to be started again by whatever runs it: for a minute none of its messages left, or an endpoint that listened
/// does not any more, while the broker takes what a new connection brings. A connection that breaks while the one before it is being replaced can
/// leave the client with a channel that answers nothing and is never given up (decision 0017). A broker that is away, or that takes no messages
/// for want of memory or disk, ends nobody.
/// </summary>
public sealed class BusWatch(IBusControl bus, IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<BusWatch> log) : BackgroundService
{
    private readonly TimeSpan limit = TimeSpan.FromSeconds(configuration.GetValue("Messaging:LostAfterSeconds", 60.0));
    private readonly ConnectionFactory broker = new()
    {
        Uri = new Uri(configuration.GetConnectionString("rabbitmq")!), ClientProvidedName = "bus watch", AutomaticRecoveryEnabled = false,
    };

    /// <summary>Timestamps; 0 is never.</summary>
    private long stuckSince, deafSince, brokerAwayAt;
    private bool listened;

    /// <summary>The broker confirmed a message.</summary>
    public void Left() => Volatile.Write(ref stuckSince, 0);

    /// <summary>A message could not be published. One that the broker itself refused or returned says nothing about the bus.</summary>
    public void Stayed(Exception why)
    {
        if (why is OperationCanceledException or ConnectionException)
        {
            Interlocked.CompareExchange(ref stuckSince, Stopwatch.GetTimestamp(), 0);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var look = new PeriodicTimer(limit / 12);
        while (await look.WaitForNextTickAsync(ct))
        {
            var listens = bus.CheckHealth().Status == BusHealthStatus.Healthy;
            listened |= listens;
            deafSince = listens || !listened ? 0 : deafSince != 0 ? deafSince : Stopwatch.GetTimestamp();
            var stuck = Volatile.Read(ref stuckSince);
            if (stuck == 0 && deafSince == 0)
            {
                continue;
            }

            if (!await BrokerTakesAsync(ct))
            {
                brokerAwayAt = Stopwatch.GetTimestamp();
            }
            else if (IsOver(stuck) || IsOver(deafSince))
            {
                log.LogCritical("The broker takes messages, but {What} for {Limit}: this process ends, to be started again", IsOver(stuck) ? "none of ours left" : "an endpoint does not listen", limit);
                lifetime.StopApplication();
                return;
            }
        }
    }

    private bool IsOver(long since) => since != 0 && Stopwatch.GetElapsedTime(Math.Max(since, brokerAwayAt)) > limit;

    /// <summary>With a connection of its own: a message for nobody is confirmed and dropped.</summary>
    private async Task<bool> BrokerTakesAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(limit / 12);
        try
        {
            await using var connection = await broker.CreateConnectionAsync(patience.Token);
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), patience.Token);
            await channel.BasicPublishAsync("", "nobody", ReadOnlyMemory<byte>.Empty, patience.Token);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
