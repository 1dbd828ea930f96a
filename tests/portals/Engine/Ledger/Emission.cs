using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Engine.Ledger;

/// <summary>A CFDI that exists: what ground truth knows about it and the files a portal hands out.</summary>
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
    /// <summary>Set when the portal publishes the XML later than the PDF.</summary>
    public DateTimeOffset? XmlFrom { get; init; }

    public string FileName => Uuid.ToString().ToUpperInvariant();
}
