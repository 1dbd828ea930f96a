using System.Collections.Concurrent;

namespace Invoicing.Portals.Engine;

/// <summary>What a portal's server keeps apart for a while: codes held for a session, tickets locked after wrong answers.</summary>
public sealed class Reservations(SimulatedClock clock)
{
    private readonly ConcurrentDictionary<string, (string Owner, DateTimeOffset Until)> _held = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>Takes or prolongs; false while somebody else holds it.</summary>
    public bool Take(string key, string owner, TimeSpan span)
    {
        var now = clock.GetUtcNow();
        return _held.AddOrUpdate(key, (owner, now + span), (_, held) => held.Owner == owner || held.Until <= now ? (owner, now + span) : held).Owner == owner;
    }

    public bool Held(string key) => _held.TryGetValue(key, out var held) && held.Until > clock.GetUtcNow();

    public void Release(string key) => _held.TryRemove(key, out _);

    /// <summary>One more of something; how many there are now.</summary>
    public int Count(string key) => _counts.AddOrUpdate(key, 1, (_, count) => count + 1);

    public void Forget(string key) => _counts.TryRemove(key, out _);

    public void Clear()
    {
        _held.Clear();
        _counts.Clear();
    }
}
