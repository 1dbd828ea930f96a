namespace Invoicing.Tickets.Reading;

/// <summary>An address seen on a ticket.</summary>
/// <param name="Url">Absolute; <c>https</c> when the ticket prints no scheme.</param>
/// <param name="Type">facturacion, portal_fiscal, cfdi, generic_web or unknown. Surveys and social networks are generic_web.</param>
/// <param name="Context">The row it stands in, with the row before.</param>
/// <param name="MerchantHint">Brand known to use this host; null when none is known.</param>
/// <param name="Method">context_pattern, multiline_reconstruction, facturacion_pattern, classification or qr_code.</param>
public sealed record ReadUrl(string Url, double Confidence, string Type, string Context, string? MerchantHint, string Method)
{
    /// <summary>True when this address may be opened to ask for an invoice.</summary>
    public bool IsPortal => Type is "facturacion" or "portal_fiscal" && Confidence >= .7;
}
