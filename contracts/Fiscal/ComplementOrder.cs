using System.Collections.Frozen;
using System.Xml.Linq;
using static Invoicing.Fiscal.CadenaStep;

namespace Invoicing.Fiscal;

/// <summary>
/// Order of the complements that invoices of everyday purchases carry. A complement that is not here has no known
/// order: a cadena that would need it is not built, and its seal stays unverified.
/// </summary>
internal static class ComplementOrder
{
    private const string Sat = "http://www.sat.gob.mx/";

    private static readonly FrozenDictionary<XName, CadenaStep[]> Known = new Dictionary<XName, CadenaStep[]>
    {
        // The timbre is added after sealing and is no part of what the emisor signed.
        [CfdiNamespaces.TimbreFiscalDigital] = [],
        [Name("implocal", "ImpuestosLocales")] =
        [
            .. Attributes("version TotaldeRetenciones TotaldeTraslados"),
            For("RetencionesLocales", "ImpLocRetenido TasadeRetencion Importe"),
            For("TrasladosLocales", "ImpLocTrasladado TasadeTraslado Importe"),
        ],
        [Name("leyendasFiscales", "LeyendasFiscales")] =
            [.. Attributes("version"), For("Leyenda", "disposicionFiscal? norma? textoLeyenda")],
        [Name("ConsumoDeCombustibles11", "ConsumoDeCombustibles")] =
        [
            .. Attributes("version tipoOperacion numeroDeCuenta subTotal? total"),
            For(
                "Conceptos/ConceptoConsumoDeCombustibles",
                "identificador fecha rfc claveEstacion tipoCombustible cantidad nombreCombustible folioOperacion valorUnitario importe",
                For("Determinados/Determinado", "impuesto tasaOCuota importe")),
        ],
        [Name("EstadoDeCuentaCombustible12", "EstadoDeCuentaCombustible")] =
        [
            .. Attributes("Version TipoOperacion NumeroDeCuenta SubTotal Total"),
            For(
                "Conceptos/ConceptoEstadoDeCuentaCombustible",
                "Identificador Fecha Rfc ClaveEstacion Cantidad TipoCombustible Unidad? NombreCombustible FolioOperacion ValorUnitario Importe",
                For("Traslados/Traslado", "Impuesto TasaOCuota Importe")),
        ],
        [Name("valesdedespensa", "ValesDeDespensa")] =
        [
            .. Attributes("version tipoOperacion registroPatronal? numeroDeCuenta total"),
            For("Conceptos/Concepto", "identificador fecha rfc curp nombre numSeguridadSocial? importe"),
        ],
        [Name("aerolineas", "Aerolineas")] =
        [
            .. Attributes("Version TUA"),
            For("OtrosCargos", "TotalCargos", For("Cargo", "CodigoCargo Importe")),
        ],
        [Name("TuristaPasajeroExtranjero", "TuristaPasajeroExtranjero")] =
        [
            .. Attributes("version fechadeTransito tipoTransito"),
            For("datosTransito", "Via TipoId NumeroId Nacionalidad EmpresaTransporte IdTransporte?"),
        ],
        [Name("detallista", "detallista")] =
        [
            .. Attributes("documentStructureVersion"),
            new Each("orderIdentification/referenceIdentification", [new Text(".", Optional: false)]),
            new Text("orderIdentification/ReferenceDate", Optional: true),
            new Text("buyer/gln", Optional: false),
            new Text("seller/gln", Optional: false),
            new Text("seller/alternatePartyIdentification", Optional: false),
            new Text("totalAmount/Amount", Optional: false),
            new Each("TotalAllowanceCharge/specialServicesType", [new Text(".", Optional: true)]),
            new Each("TotalAllowanceCharge/Amount", [new Text(".", Optional: true)]),
        ],
        [Name("donat", "Donatarias")] = Attributes("version noAutorizacion fechaAutorizacion leyenda"),
        [Name("divisas", "Divisas")] = Attributes("version tipoOperacion"),
        [Name("registrofiscal", "CFDIRegistroFiscal")] = Attributes("Version Folio"),
        [Name("iedu", "instEducativas")] = Attributes("version nombreAlumno CURP nivelEducativo autRVOE rfcPago?"),
        [Name("hidrocarburospetroliferos", "HidroYPetro")] =
            Attributes("Version TipoPermiso NumeroPermiso ClaveHYP SubProductoHYP"),
    }.ToFrozenDictionary();

    internal static CadenaStep[]? Of(XName complement) => Known.GetValueOrDefault(complement);

    private static XName Name(string space, string local) => XName.Get(local, Sat + space);
}
