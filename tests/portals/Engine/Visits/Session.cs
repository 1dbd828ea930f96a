using System.Collections.Concurrent;
using Invoicing.Portals.Engine.Ledger;

namespace Invoicing.Portals.Engine.Visits;

/// <summary>What a portal's server remembers of one browser. Gone when its life passes without a request.</summary>
public sealed class Session(string id, TimeSpan life, DateTimeOffset now)
{
    public TimeSpan Life { get; } = life;
    public string Id { get; } = id;
    public DateTimeOffset LastSeen { get; set; } = now;

    /// <summary>The ticket that this session had validated.</summary>
    public Ticket? Ticket { get; set; }

    /// <summary>How far the page got, in the portal's own words.</summary>
    public ConcurrentDictionary<string, string> Values { get; } = new();

    /// <summary>The CFDI that this session may download, by UUID.</summary>
    public ConcurrentDictionary<Guid, Emission> Emissions { get; } = new();

    /// <summary>The page last shown had drifted: the pieces that its script asks for drift as well.</summary>
    public bool Drifted { get; set; }

    /// <summary>Said once on the next page, then forgotten.</summary>
    public string? Notice { get; set; }

    public string TakeNotice()
    {
        var notice = Notice ?? "";
        Notice = null;
        return notice;
    }

    /// <summary>Makes a CFDI this session's, so that its links work; gives the id that the links carry.</summary>
    public Guid Hold(Emission emission)
    {
        Emissions[emission.Uuid] = emission;
        return emission.Uuid;
    }
}
