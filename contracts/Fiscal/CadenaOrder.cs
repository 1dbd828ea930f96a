using static Invoicing.Fiscal.CadenaStep;

namespace Invoicing.Fiscal;

/// <summary>Order in which Anexo 20 reads a CFDI 4.0 and its timbre 1.1 into their cadenas originales.</summary>
internal static class CadenaOrder
{
    private const string Transfer = "Base Impuesto TipoFactor TasaOCuota? Importe?";

    private static readonly CadenaStep Customs = For("InformacionAduanera", "NumeroPedimento");

    private static readonly CadenaStep Concept = For(
        "Conceptos/Concepto",
        "ClaveProdServ NoIdentificacion? Cantidad ClaveUnidad Unidad? Descripcion ValorUnitario Importe Descuento? ObjetoImp",
        For("Impuestos/Traslados/Traslado", Transfer),
        For("Impuestos/Retenciones/Retencion", "Base Impuesto TipoFactor TasaOCuota Importe"),
        For("ACuentaTerceros", "RfcACuentaTerceros NombreACuentaTerceros RegimenFiscalACuentaTerceros DomicilioFiscalACuentaTerceros"),
        Customs,
        For("CuentaPredial", "Numero"),
        new Complements("ComplementoConcepto"),
        For("Parte", "ClaveProdServ NoIdentificacion? Cantidad Unidad? Descripcion ValorUnitario? Importe?", Customs));

    private static readonly CadenaStep Taxes = new Each(
        "Impuestos",
        [
            For("Retenciones/Retencion", "Impuesto Importe"),
            .. Attributes("TotalImpuestosRetenidos?"),
            For("Traslados/Traslado", Transfer),
            .. Attributes("TotalImpuestosTrasladados?"),
        ]);

    internal static readonly CadenaStep[] Comprobante =
    [
        .. Attributes(
            "Version Serie? Folio? Fecha FormaPago? NoCertificado CondicionesDePago? SubTotal Descuento? Moneda TipoCambio? "
            + "Total TipoDeComprobante Exportacion MetodoPago? LugarExpedicion Confirmacion?"),
        For("InformacionGlobal", "Periodicidad Meses Año"),
        For("CfdiRelacionados", "TipoRelacion", For("CfdiRelacionado", "UUID")),
        For("Emisor", "Rfc Nombre RegimenFiscal FacAtrAdquirente?"),
        For("Receptor", "Rfc Nombre DomicilioFiscalReceptor ResidenciaFiscal? NumRegIdTrib? RegimenFiscalReceptor UsoCFDI"),
        Concept,
        Taxes,
        new Complements("Complemento"),
    ];

    internal static readonly CadenaStep[] Timbre =
        Attributes("Version UUID FechaTimbrado RfcProvCertif Leyenda? SelloCFD NoCertificadoSAT");
}
