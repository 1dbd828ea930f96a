using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

public sealed class TimbreTests
{
    private static readonly XName Tfd = CfdiNamespaces.Timbre + "TimbreFiscalDigital";

    [Test]
    public void Without_one_it_is_not_stamped() => Assert.That(Failed(timbre => timbre.Remove()), Is.EqualTo(new[] { "timbre" }));

    [Test]
    public void Two_are_one_too_many() => Assert.That(Failed(timbre => timbre.AddAfterSelf(new XElement(timbre))), Does.Contain("timbre"));

    [Test]
    public void One_in_the_addenda_does_not_count() => Assert.That(
        Failed(timbre =>
        {
            timbre.Document!.Root!.Add(new XElement(Sample.Cfdi + "Addenda", new XElement(timbre)));
            timbre.Remove();
        }),
        Is.EqualTo(new[] { "timbre" }));

    [Test]
    public void One_outside_the_complemento_does_not_count() => Assert.That(
        Failed(timbre =>
        {
            timbre.Document!.Root!.Add(new XElement(timbre));
            timbre.Remove();
        }),
        Does.Contain("timbre").And.Contain("estructura"));

    [Test]
    public void A_copy_hidden_in_a_concept_is_found() => Assert.That(
        Failed(timbre => timbre.Document!.Root!.Descendants(Sample.Cfdi + "Concepto").First()
            .Add(new XElement(Sample.Cfdi + "ComplementoConcepto", new XElement(timbre)))),
        Does.Contain("timbre"));

    [TestCase("UUID", "no-es-uuid", "timbre_uuid")]
    [TestCase("UUID", "5F0C1B5E-8C0B-4B6C-9D57-0A6C1E2F3A4C", "timbre_sello_sat")]
    [TestCase("FechaTimbrado", "2026-03-10T12:31:01", "timbre_sello_sat")]
    [TestCase("FechaTimbrado", "2026-03-20T12:31:00", "timbre_plazo")]
    [TestCase("FechaTimbrado", "mañana", "timbre_plazo")]
    [TestCase("SelloCFD", "bm8=", "timbre_sello_cfd")]
    [TestCase("SelloSAT", "bm8=", "timbre_sello_sat")]
    [TestCase("SelloSAT", "%", "timbre_sello_sat")]
    [TestCase("Version", "1.0", "timbre")]
    [TestCase("RfcProvCertif", "SAT970701NN3", "timbre_sello_sat")]
    public void A_changed_value_is_noticed(string attribute, string value, string code) =>
        Assert.That(Failed(timbre => timbre.SetAttributeValue(attribute, value)), Does.Contain(code));

    [Test]
    public void The_timbre_of_another_invoice_is_not_this_ones()
    {
        var other = XDocument.Parse(Sample.Text(root => root.SetAttributeValue("Folio", "124"))).Descendants(Tfd).Single();

        Assert.That(Failed(timbre => timbre.ReplaceWith(other)), Is.EqualTo(new[] { "timbre_sello_cfd" }));
    }

    [TestCase("2026-03-13T12:00:00", true)]
    [TestCase("2026-03-14T12:30:00", false)]
    [TestCase("2026-03-10T11:30:00", true)]
    [TestCase("2026-03-10T08:30:00", false)]
    public void It_comes_within_72_hours_give_or_take_the_time_zones(string stampedAt, bool inTime)
    {
        var text = Sample.Text(Sample.Plain(), TestCertificate.Emisor, stampedAt: stampedAt);

        Assert.That(Sample.Verify(text).Failed().Contains("timbre_plazo"), Is.EqualTo(!inTime));
    }

    private static List<string> Failed(Action<XElement> change)
    {
        var document = XDocument.Parse(Sample.Text());
        change(document.Descendants(Tfd).Single());
        return Sample.Verify(document.ToString()).Failed().ToList();
    }
}
