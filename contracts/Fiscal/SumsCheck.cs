using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>The arithmetic of the totals, as a warning: roundings differ among issuers, and the PAC has judged them.</summary>
internal static class SumsCheck
{
    private const string Code = "sumas";
    private static readonly XNamespace Local = "http://www.sat.gob.mx/implocal";

    internal static CfdiCheck Of(Cfdi cfdi)
    {
        if (cfdi is not { SubTotal: { } subTotal, Total: { } total })
            return CfdiCheck.Warning(Code, "SubTotal o Total no son importes; las sumas no se pueden comprobar.");
        try
        {
            // Half a cent for each line that was rounded, and one cent for the total itself.
            var tolerance = 0.01m + (0.005m * cfdi.Conceptos.Count);
            var lines = cfdi.Conceptos.Sum(concept => concept.Importe ?? 0);
            if (Math.Abs(lines - subTotal) > tolerance) return CfdiCheck.Warning(Code, "El subtotal no es la suma de los conceptos.");
            var expected = subTotal - (cfdi.Descuento ?? 0) + Taxes(cfdi.Root) + LocalTaxes(cfdi.Root);
            return Math.Abs(expected - total) > tolerance
                ? CfdiCheck.Warning(Code, "El total no es el subtotal menos descuento más impuestos.")
                : CfdiCheck.Valid(Code, "Las sumas cuadran.");
        }
        catch (OverflowException)
        {
            return CfdiCheck.Warning(Code, "Los importes son tan grandes que no se pueden sumar.");
        }
    }

    private static decimal Taxes(XElement root)
    {
        var taxes = root.Element(CfdiNamespaces.Cfdi + "Impuestos");
        return (taxes.Amount("TotalImpuestosTrasladados") ?? 0) - (taxes.Amount("TotalImpuestosRetenidos") ?? 0);
    }

    private static decimal LocalTaxes(XElement root)
    {
        var taxes = root.Elements(CfdiNamespaces.Cfdi + "Complemento").Elements(Local + "ImpuestosLocales").FirstOrDefault();
        return (taxes.Amount("TotaldeTraslados") ?? 0) - (taxes.Amount("TotaldeRetenciones") ?? 0);
    }
}
