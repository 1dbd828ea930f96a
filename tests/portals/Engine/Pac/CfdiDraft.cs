using System.Globalization;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Engine.Pac;

/// <summary>A concept of the CFDI: amounts without IVA, six decimals, as the schema allows.</summary>
public sealed record Concept(string ProductKey, string Quantity, string UnitKey, string Description, string UnitValue, string Amount, string Iva);

/// <summary>Everything a CFDI of income says before it is sealed, already in the text that the XML carries.</summary>
public sealed record CfdiDraft(
    Merchant Issuer,
    Receptor Receptor,
    string Folio,
    string Fecha,
    string FormaPago,
    string CertificateNumber,
    string SubTotal,
    string Iva,
    string Total,
    IReadOnlyList<Concept> Concepts)
{
    /// <summary>A form still to be defined is paid later, in parts.</summary>
    public string MetodoPago => FormaPago == "99" ? "PPD" : "PUE";

    /// <param name="tickets">One merchant's; their lines become one CFDI.</param>
    public static CfdiDraft Of(IReadOnlyList<Ticket> tickets, Receptor receptor, string formaPago, string folio, DateTimeOffset now, string certificateNumber) => new(
        tickets[0].Merchant,
        receptor,
        folio,
        now.Cfdi(),
        formaPago,
        certificateNumber,
        Money(tickets.Sum(ticket => ticket.Subtotal)),
        Money(tickets.Sum(ticket => ticket.Iva)),
        Money(tickets.Sum(ticket => ticket.Total)),
        [.. tickets.SelectMany(ticket => ticket.Items).Select(ConceptOf)]);

    private static Concept ConceptOf(TicketItem item)
    {
        var net = Math.Round(item.Amount / 1.16m, 6, MidpointRounding.AwayFromZero);
        var unit = Math.Round(net / item.Quantity, 6, MidpointRounding.AwayFromZero);
        return new(item.ProductKey, Six(item.Quantity), item.UnitKey, item.Description, Six(unit), Six(net), Six(item.Amount - net));
    }

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Six(decimal amount) => amount.ToString("0.000000", CultureInfo.InvariantCulture);
}
