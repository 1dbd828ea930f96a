using System.Collections.Frozen;

namespace Invoicing.Fiscal;

/// <summary>A key of a SAT catalogue with its text as SAT words it.</summary>
public sealed record CatalogueEntry(string Key, string Text);

/// <summary>SAT catalogues that are only a list of keys (Anexo 20, as in force in August 2026).</summary>
public static class Catalogue
{
    /// <summary>c_FormaPago: how the purchase was paid.</summary>
    public static readonly FrozenDictionary<string, CatalogueEntry> FormaPago = Table(
        ("01", "Efectivo"), ("02", "Cheque nominativo"), ("03", "Transferencia electrónica de fondos"),
        ("04", "Tarjeta de crédito"), ("05", "Monedero electrónico"), ("06", "Dinero electrónico"),
        ("08", "Vales de despensa"), ("12", "Dación en pago"), ("13", "Pago por subrogación"),
        ("14", "Pago por consignación"), ("15", "Condonación"), ("17", "Compensación"), ("23", "Novación"),
        ("24", "Confusión"), ("25", "Remisión de deuda"), ("26", "Prescripción o caducidad"),
        ("27", "A satisfacción del acreedor"), ("28", "Tarjeta de débito"), ("29", "Tarjeta de servicios"),
        ("30", "Aplicación de anticipos"), ("31", "Intermediario pagos"), ("99", "Por definir"));

    /// <summary>c_MetodoPago: paid at once, or later.</summary>
    public static readonly FrozenDictionary<string, CatalogueEntry> MetodoPago = Table(
        ("PUE", "Pago en una sola exhibición"), ("PPD", "Pago en parcialidades o diferido"));

    /// <summary>c_TipoDeComprobante.</summary>
    public static readonly FrozenDictionary<string, CatalogueEntry> TipoDeComprobante = Table(
        ("I", "Ingreso"), ("E", "Egreso"), ("T", "Traslado"), ("N", "Nómina"), ("P", "Pago"));

    /// <summary>c_Exportacion.</summary>
    public static readonly FrozenDictionary<string, CatalogueEntry> Exportacion = Table(
        ("01", "No aplica"), ("02", "Definitiva con clave A1"), ("03", "Temporal"),
        ("04", "Definitiva con clave distinta a A1 o sin enajenación en términos del CFF"));

    private static FrozenDictionary<string, CatalogueEntry> Table(params (string Key, string Text)[] entries) =>
        entries.ToFrozenDictionary(entry => entry.Key, entry => new CatalogueEntry(entry.Key, entry.Text));
}
