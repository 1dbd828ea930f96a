using System.Globalization;

namespace Invoicing.Portals.Engine.Ledger;

/// <summary>Rings up purchases at a portal's shops.</summary>
public sealed class Sales(TicketLedger ledger, SimulatedClock clock)
{
    /// <summary>A new ticket in the ledger; what is not given is drawn at random.</summary>
    /// <param name="total">Pesos with IVA, two decimals.</param>
    /// <param name="fields">Values that replace drawn ones, e.g. a folio; fecha and total follow the purchase.</param>
    /// <returns>Null if the merchant already has that folio.</returns>
    public Ticket? Sell(
        IPortal portal,
        DateTimeOffset? purchasedAt = null,
        decimal? total = null,
        string? formaPago = null,
        IReadOnlyDictionary<string, string>? fields = null)
    {
        var when = purchasedAt ?? clock.GetUtcNow().AddMinutes(-Chance.Between((int)Ripe(portal).TotalMinutes, 46 * 60));
        var items = total is { } amount ? [Line(Chance.Of(portal.Products), amount)] : Basket(portal);
        var values = portal.NewFields();
        foreach (var (name, value) in fields ?? new Dictionary<string, string>()) values[name] = value;
        values["fecha"] = when.Day();
        values["total"] = items.Sum(item => item.Amount).ToString("0.00", CultureInfo.InvariantCulture);
        var ticket = new Ticket(portal.Merchant, values.AsReadOnly(), items)
        {
            PurchasedAt = when,
            FormaPago = formaPago ?? Chance.Of(portal.Merchant.PaymentForms),
        };
        return ledger.Add(ticket) ? ticket : null;
    }

    /// <summary>Opens a portal's books: <paramref name="count"/> tickets of the last two days or three, invoiceable now unless a calendar month has just begun.</summary>
    public void Seed(IPortal portal, int count)
    {
        for (var i = 0; i < count; i++)
            Sell(portal, clock.GetUtcNow().Add(-Ripe(portal)).AddMinutes(-200 * i - Chance.Between(0, 120)));
    }

    /// <summary>An age at which the portal knows the ticket: three hours, or an hour more than it takes.</summary>
    private static TimeSpan Ripe(IPortal portal) =>
        TimeSpan.FromTicks(Math.Max(TimeSpan.FromHours(3).Ticks, (portal.Merchant.AvailableAfter + TimeSpan.FromHours(1)).Ticks));

    private static List<TicketItem> Basket(IPortal portal) =>
        [.. portal.Products.OrderBy(_ => Chance.Between(0, 1000)).Take(Chance.Between(1, Math.Min(4, portal.Products.Count)))
            .Select(product => Line(product, Chance.Between((int)(product.Low * 2), (int)(product.High * 2)) / 2m))];

    private static TicketItem Line(Product product, decimal amount)
    {
        var quantity = product.UnitKey == "LTR" ? Math.Round(amount / 23.87m, 3) : 1m;
        return new(product.Description, product.ProductKey, product.UnitKey, quantity, amount);
    }
}
