using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

/// <summary>Each document is sealed after the change: the seal holds, and the structure alone must refuse it.</summary>
public sealed class StructureTests
{
    private static readonly XNamespace Foreign = "http://example.com/x";

    private static readonly Dictionary<string, Action<XElement>> Wrong = new()
    {
        ["second emisor"] = root => root.Add(new XElement(root.Element(Sample.Cfdi + "Emisor")!)),
        ["no receptor"] = root => root.Element(Sample.Cfdi + "Receptor")!.Remove(),
        ["wrapped copy"] = root => root.Add(new XElement(root)),
        ["foreign element"] = root => root.Add(new XElement(Foreign + "Emisor", new XAttribute("Rfc", "URE180429TM6"))),
        ["xinclude"] = root => root.Add(new XElement(XName.Get("include", "http://www.w3.org/2001/XInclude"), new XAttribute("href", "file:///etc/passwd"))),
        ["foreign attribute"] = root => root.SetAttributeValue(Foreign + "Total", "1.00"),
        ["attribute in another case"] = root => root.SetAttributeValue("total", "1.00"),
        ["loose text"] = root => root.Add("Total=1.00"),
        ["moved by a bar"] = root =>
        {
            root.SetAttributeValue("Serie", "A|123");
            root.SetAttributeValue("Folio", null);
        },
        ["hidden in the complemento"] = root => root.Element(Sample.Cfdi + "Complemento")!
            .Add(new XElement(Foreign + "x", new XElement(root.Element(Sample.Cfdi + "Emisor")!))),
        ["negative total"] = root => root.SetAttributeValue("Total", "-220.40"),
        ["exponent"] = root => root.SetAttributeValue("Total", "2.2e2"),
        ["thousands"] = root => root.SetAttributeValue("Total", "1,220.40"),
        ["no money"] = root => root.SetAttributeValue("Moneda", null),
        ["zoned time"] = root => root.SetAttributeValue("Fecha", "2026-03-10T12:30:00Z"),
        ["short postal code"] = root => root.SetAttributeValue("LugarExpedicion", "6000"),
        ["no concepts"] = root => root.Element(Sample.Cfdi + "Conceptos")!.RemoveNodes(),
        ["lower case RFC"] = root => root.Element(Sample.Cfdi + "Receptor")!.SetAttributeValue("Rfc", "ure180429tm6"),
    };

    [TestCaseSource(nameof(Names))]
    public void What_Anexo_20_does_not_allow_is_refused(string name) =>
        Assert.That(Sample.Verify(Sample.Text(Wrong[name])).Failed(), Does.Contain("estructura"));

    [Test]
    public void A_total_split_by_a_bar_keeps_the_cadena_and_is_refused_all_the_same()
    {
        var text = Sample.Text().Replace("Serie=\"A\" Folio=\"123\"", "Serie=\"A|123\"", StringComparison.Ordinal);
        var found = Sample.Verify(text);

        Assert.That(found.StatusOf("sello"), Is.EqualTo(CheckStatus.Valid));
        Assert.That(found.Valid, Is.False);
    }

    [Test]
    public void An_addenda_may_hold_anything() => Assert.That(
        Sample.Verify(Sample.Text(root => root.Add(new XElement(Sample.Cfdi + "Addenda", new XElement(Foreign + "x", "a|b"), new XElement(root))))).Failed(),
        Is.Empty);

    [Test]
    public void A_schema_location_is_no_stranger() => Assert.That(
        Sample.Verify(Sample.Text(root => root.SetAttributeValue(
            XName.Get("schemaLocation", "http://www.w3.org/2001/XMLSchema-instance"), "http://www.sat.gob.mx/cfd/4 http://www.sat.gob.mx/sitio_internet/cfd/4/cfdv40.xsd"))).Failed(),
        Is.Empty);

    [Test]
    public void A_name_made_to_deceive_the_reader_of_the_message_is_cut_and_cleaned()
    {
        var found = Sample.Verify(Sample.Text(root => root.SetAttributeValue(new string('a', 5000), "x")));

        Assert.That(found.Checks.Single(check => check.Code == "estructura").Detail, Has.Length.LessThan(400));
    }

    [Test]
    public void Another_version_is_refused() =>
        Assert.That(Sample.Verify(Sample.Text(root => root.SetAttributeValue("Version", "3.3"))).Failed(), Does.Contain("version"));

    private static string[] Names() => [.. Wrong.Keys];
}
