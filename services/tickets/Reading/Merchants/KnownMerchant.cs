namespace Invoicing.Tickets.Reading;

/// <summary>What the catalogue knows of a merchant, as far as a ticket can show it.</summary>
/// <param name="PortalUrls">Absolute addresses of its invoicing portal; only host and port are compared.</param>
public sealed record KnownMerchant(long Id, string Nombre, string? Rfc, IReadOnlyList<string> Aliases, IReadOnlyList<string> PortalUrls);

/// <param name="Confidence">0 to 1.</param>
/// <param name="How">rfc, nombre, url or qr: the first sign that pointed to this merchant and to no other.</param>
public sealed record MerchantMatch(long Id, double Confidence, string How);
