using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Engine.Ledger;

/// <summary>A CFDI that exists: what ground truth knows about it and the files a portal hands out.</summary>
/// <param name="Ticket">The purchase, or the first of those invoiced together.</param>
/// <param name="Origin"><c>portal</c>: asked for on the pages; <c>prior</c>: existed before anybody asked (set by control or a fault).</param>
public sealed record Emission(
    Guid Uuid,
    Ticket Ticket,
    Receptor Receptor,
    DateTimeOffset EmittedAt,
    string Origin,
    byte[] Xml,
    Lazy<byte[]> Pdf)
{
    /// <summary>SAT payment form that the CFDI carries: the ticket's, or what was chosen on the page.</summary>
    public required string FormaPago { get; init; }

    /// <summary>All purchases that this CFDI covers.</summary>
    public IReadOnlyList<Ticket> Tickets { get; init; } = [Ticket];

    /// <summary>Set when the portal publishes the XML later than the PDF.</summary>
    public DateTimeOffset? XmlFrom { get; init; }

    public string FileName => Uuid.ToString().ToUpperInvariant();
}
