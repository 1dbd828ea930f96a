using MassTransit;

namespace Invoicing.BrowserAutomation;

/// <summary>What the worker says on the bus: in order, each with an id that stays the same when it is said again.</summary>
public sealed class Announcer(IBus bus, BusWatch watch, ILogger<Announcer> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private const int Tries = 4;

    /// <summary>False when the broker did not take it in several tries: the attempt's lease will run out and jobs starts over.</summary>
    public async Task<bool> SayAsync<T>(T message, CancellationToken ct = default) where T : class
    {
        var id = NewId.NextGuid();
        for (var i = 1; ; i++)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                limit.CancelAfter(Limit);
                await bus.Publish(message, context => context.MessageId = id, limit.Token);
                watch.Left();
                return true;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is not ArgumentException)
            {
                watch.Stayed(e);
                log.LogWarning(e, "{Message} could not be published, try {Try}", typeof(T).Name, i);
                if (i == Tries)
                {
                    return false;
                }
            }
        }
    }
}
