namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>A slip and what it says. Identifiers: what a portal asks for beside date and total, by its canonical name.</summary>
internal sealed record PrintedTicket(string Layout, Slip Slip, Purchase Purchase, IReadOnlyDictionary<string, string> Identifiers, bool SaysTaxes, bool SaysRfc)
{
    /// <summary>What a reader should find, by canonical name of the field; an absent one is not on the slip.</summary>
    public IReadOnlyDictionary<string, string> Truth()
    {
        var truth = new Dictionary<string, string>(Identifiers)
        {
            ["fecha"] = Purchase.When.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["total"] = Amounts.Format(Purchase.Total),
        };
        if (SaysRfc)
        {
            truth["rfc_emisor"] = Purchase.Rfc;
        }

        if (SaysTaxes)
        {
            truth["subtotal"] = Amounts.Format(Purchase.Subtotal);
            truth["iva"] = Amounts.Format(Purchase.Iva);
        }

        return truth;
    }
}
