using System.Collections.Concurrent;
using MassTransit;

namespace Invoicing.TestSupport;

/// <summary>The test's own seat at a virtual host: says messages and keeps those it hears.</summary>
public sealed class TestBus : IAsyncDisposable
{
    private readonly ConcurrentQueue<object> heard = new();
    private readonly IBusControl bus;

    private TestBus(string broker, Action<IReceiveEndpointConfigurator, TestBus> listen)
    {
        Broker = broker;
        bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(broker));
            rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition(), null, endpoint => listen(endpoint, this));
        });
    }

    public string Broker { get; }

    /// <summary>Listens from now on; name each message type with <see cref="Hear{T}"/> inside <paramref name="listen"/>.</summary>
    public static async Task<TestBus> StartAsync(Action<IReceiveEndpointConfigurator, TestBus> listen, string? broker = null)
    {
        var test = new TestBus(broker ?? await Servers.NewBrokerAsync(), listen);
        await test.bus.StartAsync(TimeSpan.FromSeconds(30));
        return test;
    }

    public static void Hear<T>(IReceiveEndpointConfigurator endpoint, TestBus test) where T : class => endpoint.Handler<T>(context =>
    {
        test.heard.Enqueue(context.Message);
        return Task.CompletedTask;
    });

    public IReadOnlyList<T> Heard<T>() => [.. heard.OfType<T>()];

    /// <param name="messageId">Say the same id twice to test the inbox.</param>
    public Task SayAsync<T>(T message, Guid? messageId = null) where T : class =>
        bus.Publish(message, context => context.MessageId = messageId ?? NewId.NextGuid());

    /// <summary>The first message of this type for which <paramref name="which"/> holds.</summary>
    /// <exception cref="TimeoutException">None came within a minute.</exception>
    public async Task<T> WaitForAsync<T>(Func<T, bool>? which = null)
    {
        var found = default(T);
        await Eventually.TrueAsync(() => Task.FromResult((found = heard.OfType<T>().FirstOrDefault(m => which?.Invoke(m) ?? true)) is not null), $"a {typeof(T).Name}");
        return found!;
    }

    public async ValueTask DisposeAsync() => await bus.StopAsync(TimeSpan.FromSeconds(10));
}

/// <summary>Waits for what happens by itself, looking often; the limit is generous and never a measurement.</summary>
public static class Eventually
{
    /// <exception cref="TimeoutException">It did not become true.</exception>
    public static Task TrueAsync(Func<Task<bool>> condition, string what, int seconds = 60) => TrueAsync(condition, () => what, seconds);

    /// <param name="what">Said at the end of a wait in vain, with what was seen by then.</param>
    /// <exception cref="TimeoutException">It did not become true.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, int seconds = 60)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"Waited {seconds} s for {what()}");
            }

            await Task.Delay(50);
        }
    }
}
