using Invoicing.Portals.Engine.Ledger;

namespace Invoicing.Portals.Engine.Faults;

/// <summary>The faults in force. Striking counts one of a fault's times; the last one takes it off the board.</summary>
public sealed class FaultBoard
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> InForce
    {
        get { lock (_gate) { return [.. _faults]; } }
    }

    public void Add(Fault fault)
    {
        lock (_gate) { _faults.Add(fault); }
    }

    public void Clear(string? portal = null)
    {
        lock (_gate) { _faults.RemoveAll(fault => portal is null || fault.Portal == portal); }
    }

    /// <summary>The fault of this kind that applies here, one of its times used up; null if there is none.</summary>
    public Fault? Strike(string portal, string kind, Ticket? ticket = null, string? step = null)
    {
        lock (_gate)
        {
            var at = _faults.FindIndex(fault => Applies(fault, portal, kind, ticket, step));
            if (at < 0) return null;
            var fault = _faults[at];
            if (fault.Times is not { } times) return fault;
            if (times <= 1) _faults.RemoveAt(at);
            else _faults[at] = fault with { Times = times - 1 };
            return fault;
        }
    }

    /// <summary>Whether it applies, without using it up.</summary>
    public bool Holds(string portal, string kind, Ticket? ticket = null)
    {
        lock (_gate) { return _faults.Exists(fault => Applies(fault, portal, kind, ticket, fault.Step)); }
    }

    private static bool Applies(Fault fault, string portal, string kind, Ticket? ticket, string? step) =>
        fault.Portal == portal && fault.Kind == kind
        && (fault.Step is null || fault.Step == step)
        && (fault.Ticket is null || fault.Ticket == ticket?.Id || fault.Ticket == ticket?.Folio);
}
