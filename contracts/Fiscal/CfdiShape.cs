namespace Invoicing.Fiscal;

/// <summary>What an element of CFDI 4.0 must and may carry (Anexo 20). An open one holds what other rules govern.</summary>
internal sealed record CfdiShape(string Name, int Min, int Max, string[] Required, string[] Optional, bool Open, CfdiShape[] Children)
{
    private const int Many = int.MaxValue;
    private const string Transfer = "Base Impuesto TipoFactor TasaOCuota? Importe?";

    private static readonly CfdiShape Customs = Of("InformacionAduanera", 0, Many, "NumeroPedimento");

    private static readonly CfdiShape Concept = Of(
        "Concepto", 1, Many,
        "ClaveProdServ NoIdentificacion? Cantidad ClaveUnidad Unidad? Descripcion ValorUnitario Importe Descuento? ObjetoImp",
        Of(
            "Impuestos", 0, 1, "",
            Of("Traslados", 0, 1, "", Of("Traslado", 1, Many, Transfer)),
            Of("Retenciones", 0, 1, "", Of("Retencion", 1, Many, "Base Impuesto TipoFactor TasaOCuota Importe"))),
        Of("ACuentaTerceros", 0, 1, "RfcACuentaTerceros NombreACuentaTerceros RegimenFiscalACuentaTerceros DomicilioFiscalACuentaTerceros"),
        Customs,
        Of("CuentaPredial", 0, Many, "Numero"),
        OpenTo("ComplementoConcepto"),
        Of("Parte", 0, Many, "ClaveProdServ NoIdentificacion? Cantidad Unidad? Descripcion ValorUnitario? Importe?", Customs));

    internal static readonly CfdiShape Comprobante = Of(
        "Comprobante", 1, 1,
        "Version Serie? Folio? Fecha Sello FormaPago? NoCertificado Certificado CondicionesDePago? SubTotal Descuento? Moneda "
        + "TipoCambio? Total TipoDeComprobante Exportacion MetodoPago? LugarExpedicion Confirmacion?",
        Of("InformacionGlobal", 0, 1, "Periodicidad Meses Año"),
        Of("CfdiRelacionados", 0, Many, "TipoRelacion", Of("CfdiRelacionado", 1, Many, "UUID")),
        Of("Emisor", 1, 1, "Rfc Nombre RegimenFiscal FacAtrAdquirente?"),
        Of("Receptor", 1, 1, "Rfc Nombre DomicilioFiscalReceptor ResidenciaFiscal? NumRegIdTrib? RegimenFiscalReceptor UsoCFDI"),
        Of("Conceptos", 1, 1, "", Concept),
        Of(
            "Impuestos", 0, 1, "TotalImpuestosRetenidos? TotalImpuestosTrasladados?",
            Of("Retenciones", 0, 1, "", Of("Retencion", 1, Many, "Impuesto Importe")),
            Of("Traslados", 0, 1, "", Of("Traslado", 1, Many, Transfer))),
        OpenTo("Complemento"),
        OpenTo("Addenda"));

    private static CfdiShape Of(string name, int min, int max, string attributes, params CfdiShape[] children)
    {
        var names = attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(
            name, min, max, [.. names.Where(n => !n.EndsWith('?'))],
            [.. names.Where(n => n.EndsWith('?')).Select(n => n.TrimEnd('?'))], Open: false, children);
    }

    private static CfdiShape OpenTo(string name) => new(name, 0, 1, [], [], Open: true, []);
}
