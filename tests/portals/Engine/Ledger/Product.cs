namespace Invoicing.Portals.Engine.Ledger;

/// <summary>Something a shop sells, with its SAT product and unit keys and a price range in pesos with IVA.</summary>
public sealed record Product(string Description, string ProductKey, string UnitKey, decimal Low, decimal High);

/// <summary>One line of a ticket. <paramref name="Amount"/> is in pesos with IVA; <paramref name="Quantity"/> may be litres.</summary>
public sealed record TicketItem(string Description, string ProductKey, string UnitKey, decimal Quantity, decimal Amount);
