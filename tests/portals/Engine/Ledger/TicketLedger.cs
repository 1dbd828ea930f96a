using System.Collections.Concurrent;

namespace Invoicing.Portals.Engine.Ledger;

/// <summary>Every merchant's tickets, in memory: a restart or a reset begins new books.</summary>
public sealed class TicketLedger
{
    private readonly ConcurrentDictionary<string, Ticket> _tickets = new();

    public IReadOnlyList<Ticket> All => [.. _tickets.Values.OrderBy(ticket => ticket.PurchasedAt)];

    public Ticket? ById(string id) => _tickets.GetValueOrDefault(id);

    /// <summary>False if the merchant already has a ticket with this folio.</summary>
    public bool Add(Ticket ticket)
    {
        lock (_tickets)
        {
            if (Find(ticket.Merchant, other => other.Folio == ticket.Folio) is not null) return false;
            return _tickets.TryAdd(ticket.Id, ticket);
        }
    }

    public Ticket? Find(Merchant merchant, Func<Ticket, bool> printed) =>
        _tickets.Values.FirstOrDefault(ticket => ticket.Merchant == merchant && printed(ticket));

    public IEnumerable<Emission> Emissions() =>
        _tickets.Values.SelectMany(ticket => ticket.Emissions).DistinctBy(emission => emission.Uuid).OrderBy(emission => emission.EmittedAt);

    /// <summary>The newest CFDI of a merchant to this RFC, from which it knows its customer; null if there is none.</summary>
    public Emission? LastTo(Merchant merchant, string rfc) =>
        Emissions().LastOrDefault(emission => emission.Ticket.Merchant == merchant && emission.Receptor.Rfc == rfc);

    public void Clear() => _tickets.Clear();
}
