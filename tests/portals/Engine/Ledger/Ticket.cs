namespace Invoicing.Portals.Engine.Ledger;

/// <summary>A purchase in a merchant's books. Sold -> Invoiced, once, unless a fault lets it be invoiced again.</summary>
public sealed class Ticket(Merchant merchant, IReadOnlyDictionary<string, string> fields, IReadOnlyList<TicketItem> items)
{
    private readonly Lock _gate = new();
    private readonly List<Emission> _emissions = [];

    public string Id { get; } = Chance.Hex(10);
    public Merchant Merchant { get; } = merchant;
    public required DateTimeOffset PurchasedAt { get; init; }

    /// <summary>SAT payment form: 01 cash, 04 credit card, 28 debit card.</summary>
    public required string FormaPago { get; init; }

    /// <summary>What the portal asks: fecha, total and the portal's own.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; } = fields;

    public IReadOnlyList<TicketItem> Items { get; } = items;
    public decimal Total { get; } = items.Sum(item => item.Amount);
    public decimal Subtotal => Math.Round(Total / 1.16m, 2, MidpointRounding.AwayFromZero);
    public decimal Iva => Total - Subtotal;
    public string Folio => Fields["folio"];
    public DateTimeOffset AvailableFrom => PurchasedAt + Merchant.AvailableAfter;
    public DateTimeOffset Deadline => Merchant.DeadlineOf(PurchasedAt);

    /// <summary>Invoiced already, though not said to whom: the first RFC that asks for its files is taken as the one.</summary>
    public bool InvoicedToWhoeverAsks { get; private set; }

    public bool Invoiced => InvoicedToWhoeverAsks || Emissions.Count > 0;

    public IReadOnlyList<Emission> Emissions
    {
        get { lock (_gate) { return [.. _emissions]; } }
    }

    public void MarkInvoicedToWhoeverAsks() => InvoicedToWhoeverAsks = true;

    /// <summary>Emits once; null if the ticket has a CFDI and <paramref name="again"/> is false.</summary>
    public Emission? Invoice(Func<Emission?> stamp, bool again)
    {
        lock (_gate)
        {
            if ((InvoicedToWhoeverAsks || _emissions.Count > 0) && !again) return null;
            var emission = stamp();
            if (emission is not null) _emissions.Add(emission);
            return emission;
        }
    }

    /// <summary>Records a CFDI that existed before; the first one counts.</summary>
    public void InvoiceBefore(Func<Emission> stamp)
    {
        lock (_gate)
        {
            if (_emissions.Count == 0) _emissions.Add(stamp());
            InvoicedToWhoeverAsks = false;
        }
    }
}
