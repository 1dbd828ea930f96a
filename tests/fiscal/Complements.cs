using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

/// <summary>Complements as merchants send them, optional parts included, with what they add to the cadena.</summary>
internal static class Complements
{
    public static readonly (string Xml, string Cadena, bool OfConcept)[] All =
    [
        ("<implocal:ImpuestosLocales xmlns:implocal='http://www.sat.gob.mx/implocal' version='1.0' TotaldeRetenciones='1.00' TotaldeTraslados='3.00'><implocal:TrasladosLocales ImpLocTrasladado='ISH' TasadeTraslado='3.00' Importe='3.00'/><implocal:RetencionesLocales ImpLocRetenido='CEDULAR' TasadeRetencion='1.00' Importe='1.00'/></implocal:ImpuestosLocales>",
            "1.0|1.00|3.00|CEDULAR|1.00|1.00|ISH|3.00|3.00", false),
        ("<l:LeyendasFiscales xmlns:l='http://www.sat.gob.mx/leyendasFiscales' version='1.0'><l:Leyenda norma='Art. 1' textoLeyenda=' Texto  de  ley '/><l:Leyenda disposicionFiscal='RMF' textoLeyenda='Otra'/></l:LeyendasFiscales>",
            "1.0|Art. 1|Texto de ley|RMF|Otra", false),
        ("<c:ConsumoDeCombustibles xmlns:c='http://www.sat.gob.mx/ConsumoDeCombustibles11' version='1.1' tipoOperacion='monedero' numeroDeCuenta='77' subTotal='10.00' total='11.60'><c:Conceptos><c:ConceptoConsumoDeCombustibles identificador='I' fecha='2026-03-10T10:00:00' rfc='EKU9003173C9' claveEstacion='E1' tipoCombustible='1' cantidad='2.0' nombreCombustible='Magna' folioOperacion='F9' valorUnitario='5.00' importe='10.00'><c:Determinados><c:Determinado impuesto='IVA' tasaOCuota='16.00' importe='1.60'/></c:Determinados></c:ConceptoConsumoDeCombustibles></c:Conceptos></c:ConsumoDeCombustibles>",
            "1.1|monedero|77|10.00|11.60|I|2026-03-10T10:00:00|EKU9003173C9|E1|1|2.0|Magna|F9|5.00|10.00|IVA|16.00|1.60", false),
        ("<e:EstadoDeCuentaCombustible xmlns:e='http://www.sat.gob.mx/EstadoDeCuentaCombustible12' Version='1.2' TipoOperacion='Tarjeta' NumeroDeCuenta='77' SubTotal='10.00' Total='11.60'><e:Conceptos><e:ConceptoEstadoDeCuentaCombustible Identificador='I' Fecha='2026-03-10T10:00:00' Rfc='EKU9003173C9' ClaveEstacion='E1' Cantidad='2' TipoCombustible='1' Unidad='L' NombreCombustible='Magna' FolioOperacion='F9' ValorUnitario='5' Importe='10'><e:Traslados><e:Traslado Impuesto='IVA' TasaOCuota='0.16' Importe='1.60'/></e:Traslados></e:ConceptoEstadoDeCuentaCombustible></e:Conceptos></e:EstadoDeCuentaCombustible>",
            "1.2|Tarjeta|77|10.00|11.60|I|2026-03-10T10:00:00|EKU9003173C9|E1|2|1|L|Magna|F9|5|10|IVA|0.16|1.60", false),
        ("<v:ValesDeDespensa xmlns:v='http://www.sat.gob.mx/valesdedespensa' version='1.0' tipoOperacion='monedero electrónico' numeroDeCuenta='5' total='9.00'><v:Conceptos><v:Concepto identificador='1' fecha='2026-03-10T10:00:00' rfc='CACX7605101P8' curp='CACX760510MGTSHC04' nombre='XOCHILT' importe='9.00'/></v:Conceptos></v:ValesDeDespensa>",
            "1.0|monedero electrónico|5|9.00|1|2026-03-10T10:00:00|CACX7605101P8|CACX760510MGTSHC04|XOCHILT|9.00", false),
        ("<a:Aerolineas xmlns:a='http://www.sat.gob.mx/aerolineas' Version='1.0' TUA='500.00'><a:OtrosCargos TotalCargos='30.00'><a:Cargo CodigoCargo='YQ' Importe='30.00'/></a:OtrosCargos></a:Aerolineas>",
            "1.0|500.00|30.00|YQ|30.00", false),
        ("<t:TuristaPasajeroExtranjero xmlns:t='http://www.sat.gob.mx/TuristaPasajeroExtranjero' version='1.0' fechadeTransito='2026-03-10T10:00:00' tipoTransito='Salida'><t:datosTransito Via='Aérea' TipoId='Pasaporte' NumeroId='P1' Nacionalidad='USA' EmpresaTransporte='AM' IdTransporte='AM1'/></t:TuristaPasajeroExtranjero>",
            "1.0|2026-03-10T10:00:00|Salida|Aérea|Pasaporte|P1|USA|AM|AM1", false),
        ("<d:detallista xmlns:d='http://www.sat.gob.mx/detallista' documentStructureVersion='AMC8.1' documentStatus='ORIGINAL'><d:requestForPaymentIdentification><d:entityType>INVOICE</d:entityType></d:requestForPaymentIdentification><d:orderIdentification><d:referenceIdentification type='ON'>OC <!-- c -->12</d:referenceIdentification><d:ReferenceDate>2026-03-01</d:ReferenceDate></d:orderIdentification><d:buyer><d:gln>750</d:gln></d:buyer><d:seller><d:gln>751</d:gln><d:alternatePartyIdentification type='SELLER'>P7</d:alternatePartyIdentification></d:seller><d:totalAmount><d:Amount>220.40</d:Amount></d:totalAmount><d:TotalAllowanceCharge><d:specialServicesType>AJ</d:specialServicesType><d:Amount>1.0</d:Amount></d:TotalAllowanceCharge></d:detallista>",
            "AMC8.1|OC 12|2026-03-01|750|751|P7|220.40|AJ|1.0", false),
        ("<d:Donatarias xmlns:d='http://www.sat.gob.mx/donat' version='1.1' noAutorizacion='325' fechaAutorizacion='2025-01-01' leyenda='Gracias'/>",
            "1.1|325|2025-01-01|Gracias", false),
        ("<d:Divisas xmlns:d='http://www.sat.gob.mx/divisas' version='1.0' tipoOperacion='venta'/>", "1.0|venta", false),
        ("<r:CFDIRegistroFiscal xmlns:r='http://www.sat.gob.mx/registrofiscal' Version='1.0' Folio='9'/>", "1.0|9", false),
        ("<i:instEducativas xmlns:i='http://www.sat.gob.mx/iedu' version='1.0' nombreAlumno='ANA' CURP='CACX760510MGTSHC04' nivelEducativo='Primaria' autRVOE='R1' rfcPago='CACX7605101P8'/>",
            "1.0|ANA|CACX760510MGTSHC04|Primaria|R1|CACX7605101P8", true),
        ("<h:HidroYPetro xmlns:h='http://www.sat.gob.mx/hidrocarburospetroliferos' Version='1.0' TipoPermiso='PER05' NumeroPermiso='PL/1/EXP/ES/2015' ClaveHYP='15101514' SubProductoHYP='SP16'/>",
            "1.0|PER05|PL/1/EXP/ES/2015|15101514|SP16", true),
    ];

    public static IEnumerable<TestCaseData> Cases() =>
        All.Select(complement => new TestCaseData(complement.Xml, complement.Cadena, complement.OfConcept)
            .SetArgDisplayNames(XElement.Parse(complement.Xml).Name.LocalName));

    public static void Add(XElement root, string xml, bool ofConcept)
    {
        if (!ofConcept)
        {
            root.Element(Sample.Cfdi + "Complemento")!.AddFirst(XElement.Parse(xml));
            return;
        }

        root.Descendants(Sample.Cfdi + "Concepto").First().Add(new XElement(Sample.Cfdi + "ComplementoConcepto", XElement.Parse(xml)));
    }
}
