using System.Collections.Concurrent;

namespace Invoicing.Portals.Engine.Visits;

/// <summary>The sessions of every portal, by cookie value.</summary>
public sealed class Sessions(SimulatedClock clock)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new();

    /// <summary>The session of this cookie, or a new one.</summary>
    public Session Open(string? cookie, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        if (cookie is not null && _sessions.TryGetValue(cookie, out var known) && now - known.LastSeen < known.Life)
        {
            known.LastSeen = now;
            return known;
        }

        foreach (var old in _sessions.Values.Where(session => now - session.LastSeen > session.Life)) Close(old);
        var opened = new Session(Chance.Hex(24), life, now);
        return _sessions[opened.Id] = opened;
    }

    public void Close(Session session) => _sessions.TryRemove(session.Id, out _);

    public void Clear() => _sessions.Clear();
}
