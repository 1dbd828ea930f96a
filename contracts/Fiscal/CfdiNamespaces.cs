using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>Names by which SAT's documents are known. Elements are found by namespace URI; a prefix means nothing.</summary>
public static class CfdiNamespaces
{
    public static readonly XNamespace Cfdi = "http://www.sat.gob.mx/cfd/4";
    public static readonly XNamespace Timbre = "http://www.sat.gob.mx/TimbreFiscalDigital";

    internal static readonly XName Comprobante = Cfdi + "Comprobante";
    internal static readonly XName TimbreFiscalDigital = Timbre + "TimbreFiscalDigital";
}
