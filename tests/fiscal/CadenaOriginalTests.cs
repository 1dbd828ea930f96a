using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

public sealed class CadenaOriginalTests
{
    [Test]
    public void It_reads_the_document_in_the_order_of_Anexo_20() => Assert.That(
        CadenaOriginal.Of(Sample.Plain()),
        Is.EqualTo(
            "||4.0|A|123|2026-03-10T12:30:00|28|30001000000500009416|200.00|10.00|MXN|220.40|I|01|PUE|06000"
            + "|EKU9003173C9|ESCUELA KEMPER URGATE|601"
            + "|URE180429TM6|UNIVERSIDAD ROBOTICA ESPAÑOLA|86991|601|G03"
            + "|50202306|X-1|2|H87|Pieza|Café de olla & pan|100.00|200.00|10.00|02|190.00|002|Tasa|0.160000|30.40"
            + "|190.00|002|Tasa|0.160000|30.40|30.40||"));

    [Test]
    public void An_empty_optional_attribute_counts_and_a_missing_one_does_not()
    {
        var document = Sample.Plain();
        document.Root!.SetAttributeValue("Serie", "");
        document.Root!.SetAttributeValue("Folio", null);

        Assert.That(CadenaOriginal.Of(document), Does.StartWith("||4.0||2026-03-10T12:30:00|"));
    }

    [Test]
    public void The_timbre_has_a_cadena_of_its_own()
    {
        var root = Sample.Plain().Root!;
        root.SetAttributeValue("Sello", "c2VsbG8=");
        Sample.Stamp(root, TestCertificate.Pac);

        Assert.That(
            CadenaOriginal.OfTimbre(root.Descendants(CfdiNamespaces.Timbre + "TimbreFiscalDigital").Single()),
            Is.EqualTo($"||1.1|{Sample.Uuid}|2026-03-10T12:31:00|PSC260101T93|c2VsbG8=|{TestCertificate.Pac.Number}||"));
    }

    [Test]
    public void A_complement_without_a_known_order_is_no_cadena()
    {
        var document = Sample.Plain();
        document.Root!.Element(Sample.Cfdi + "Complemento")!.Add(new XElement(XName.Get("Algo", "http://www.sat.gob.mx/algo")));

        Assert.That(() => CadenaOriginal.Of(document), Throws.ArgumentException);
    }
}
