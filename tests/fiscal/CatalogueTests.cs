namespace Invoicing.Fiscal.Tests;

public sealed class CatalogueTests
{
    [TestCase("G03", "601", RfcKind.Moral, true)]
    [TestCase("G03", "612", RfcKind.Fisica, true)]
    [TestCase("G03", "605", RfcKind.Fisica, false)]
    [TestCase("G03", "616", RfcKind.Fisica, false)]
    [TestCase("G02", "616", RfcKind.Fisica, true)]
    [TestCase("D01", "605", RfcKind.Fisica, true)]
    [TestCase("D01", "626", RfcKind.Fisica, false)]
    [TestCase("D01", "601", RfcKind.Moral, false)]
    [TestCase("S01", "616", RfcKind.Fisica, true)]
    [TestCase("S01", "610", RfcKind.Moral, true)]
    [TestCase("CN01", "605", RfcKind.Fisica, true)]
    [TestCase("CN01", "612", RfcKind.Fisica, false)]
    [TestCase("G03", "626", RfcKind.Moral, true)]
    [TestCase("G03", "612", RfcKind.Moral, false)]
    public void A_use_fits_a_regimen_and_a_kind_of_person(string uso, string regimen, RfcKind kind, bool fits) =>
        Assert.That(UsoCfdi.All[uso].Fits(RegimenFiscal.All[regimen], kind), Is.EqualTo(fits));

    [Test]
    public void The_catalogues_have_the_size_that_SAT_published()
    {
        Assert.That(RegimenFiscal.All, Has.Count.EqualTo(19));
        Assert.That(UsoCfdi.All, Has.Count.EqualTo(24));
        Assert.That(Catalogue.FormaPago, Has.Count.EqualTo(22));
        Assert.That(UsoCfdi.All.Values.Sum(uso => uso.Regimenes.Count), Is.EqualTo(251));
    }

    [Test]
    public void P01_is_gone() => Assert.That(UsoCfdi.All.Keys, Does.Not.Contain("P01"));
}
