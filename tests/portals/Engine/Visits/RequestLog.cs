using System.Collections.Concurrent;

namespace Invoicing.Portals.Engine.Visits;

/// <summary>A request that reached a portal. <paramref name="Status"/> 0: the connection was dropped. Step <c>decoy</c>: something that must not be pressed.</summary>
public sealed record PortalRequest(DateTimeOffset At, string Portal, string Method, string Path, string? Step, int Status, string Session);

/// <summary>The last ten thousand requests.</summary>
public sealed class RequestLog
{
    private readonly ConcurrentQueue<PortalRequest> _requests = new();

    public IReadOnlyList<PortalRequest> All => [.. _requests];

    public void Add(PortalRequest request)
    {
        _requests.Enqueue(request);
        while (_requests.Count > 10_000) _requests.TryDequeue(out _);
    }

    public void Clear() => _requests.Clear();
}
