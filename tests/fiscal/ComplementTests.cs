using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

public sealed class ComplementTests
{
    [TestCaseSource(typeof(Complements), nameof(Complements.Cases))]
    public void It_adds_its_part_to_the_cadena_and_the_seal_holds(string xml, string cadena, bool ofConcept)
    {
        var text = Sample.Text(root => Complements.Add(root, xml, ofConcept));

        Assert.That(CadenaOriginal.Of(XDocument.Parse(text)), Does.Contain($"|{cadena}|"));
        Assert.That(Sample.Verify(text).StatusOf("sello"), Is.EqualTo(CheckStatus.Valid));
        Assert.That(Sample.Verify(text).Failed(), Is.Empty);
    }

    [Test]
    public void An_unknown_one_leaves_the_seal_unverified_and_says_which()
    {
        var text = Sample.Text(root => Complements.Add(root, "<p:Pagos xmlns:p='http://www.sat.gob.mx/Pagos20' Version='2.0'/>", false));
        var found = Sample.Verify(text);

        Assert.That(found.Seal, Is.EqualTo(CheckStatus.Unverified));
        Assert.That(found.Stamp, Is.EqualTo(CheckStatus.Valid));
        Assert.That(found.Valid, Is.True);
        Assert.That(found.Checks.Single(check => check.Code == "sello").Detail, Does.Contain("Pagos20"));
    }

    [Test]
    public void Changing_a_known_one_breaks_the_seal()
    {
        var text = Sample.Text(root => Complements.Add(root, Complements.All[0].Xml, false));

        Assert.That(Sample.Verify(text.Replace("\"ISH\"", "\"ISX\"", StringComparison.Ordinal)).Failed(), Does.Contain("sello"));
    }
}
