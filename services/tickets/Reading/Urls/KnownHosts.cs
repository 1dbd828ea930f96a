namespace Invoicing.Tickets.Reading;

/// <summary>Hosts of invoicing portals seen in the field, and whose they are. Platforms that serve many merchants carry no name.</summary>
public static class KnownHosts
{
    /// <summary>Host without www. to brand; an empty brand is a platform.</summary>
    public static IReadOnlyDictionary<string, string> Brands { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["oxxo.com"] = "OXXO", ["www4.oxxo.com"] = "OXXO", ["e7-eleven.com.mx"] = "7-ELEVEN", ["tarjetapetro-7.com.mx"] = "PETRO-7", ["facturacion.portalcck.com"] = "CIRCLE K",
        ["facturacion.walmartmexico.com.mx"] = "WALMART", ["soriana.com"] = "SORIANA", ["masfacturaweb.com.mx"] = "", ["lacomer.com.mx"] = "LA COMER", ["facturacion.heb.com.mx"] = "H-E-B",
        ["www3.costco.com.mx"] = "COSTCO", ["facturacion.homedepot.com.mx"] = "HOME DEPOT", ["facturacionclientes.liverpool.com.mx"] = "LIVERPOOL", ["facturaelectronica.sears.com.mx"] = "SEARS",
        ["facturacion.officedepot.com.mx"] = "OFFICE DEPOT", ["alsea.interfactura.com"] = "ALSEA", ["facturacionmcdonalds.com.mx"] = "MCDONALDS", ["mefacturo.mx"] = "",
        ["farmaciasguadalajara.com"] = "FARMACIAS GUADALAJARA", ["movil.farmaciasguadalajara.com"] = "FARMACIAS GUADALAJARA", ["app.facturagas.net"] = "", ["facturacion.oxxogas.com"] = "OXXO GAS",
        ["facturacioncapufe.com.mx"] = "CAPUFE", ["factura.grupoado.com.mx"] = "ADO", ["facturacion.inforest.com.mx"] = "", ["facturacion.infocaja.com.mx"] = "", ["facturamos.com.mx"] = "", ["e-facpos.com"] = "",
    };

    /// <summary>Brand of a host, null when unknown or a platform.</summary>
    public static string? BrandOf(string host) =>
        Brands.TryGetValue(host, out var brand) || Brands.TryGetValue(WithoutWww(host), out brand) ? (brand.Length == 0 ? null : brand) : null;

    public static bool Knows(string host) => Brands.ContainsKey(host) || Brands.ContainsKey(WithoutWww(host));

    internal static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
