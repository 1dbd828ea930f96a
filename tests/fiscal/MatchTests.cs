namespace Invoicing.Fiscal.Tests;

public sealed class MatchTests
{
    private static readonly CfdiExpectation Right = new()
    {
        EmisorRfc = "EKU9003173C9",
        ReceptorRfc = " ure180429tm6 ",
        ReceptorRegimen = "601",
        ReceptorCodigoPostal = "86991",
        UsoCfdi = "G03",
        Total = 220.4m,
        Compra = new(2026, 3, 8),
    };

    [Test]
    public void The_invoice_that_was_asked_for_matches()
    {
        var found = Sample.Verify(Sample.Text(), Right);

        Assert.That(found.Checks.Where(check => check.Status != CheckStatus.Valid), Is.Empty);
        Assert.That(found.StatusOf("receptor_rfc"), Is.EqualTo(CheckStatus.Valid));
    }

    [Test]
    public void Each_difference_has_its_own_check()
    {
        Assert.That(Failed(Right with { ReceptorRfc = "IIA040805DZ4" }), Is.EqualTo(new[] { "receptor_rfc" }));
        Assert.That(Failed(Right with { EmisorRfc = "IIA040805DZ4" }), Is.EqualTo(new[] { "emisor_rfc" }));
        Assert.That(Failed(Right with { ReceptorRegimen = "626" }), Is.EqualTo(new[] { "receptor_regimen" }));
        Assert.That(Failed(Right with { ReceptorCodigoPostal = "06000" }), Is.EqualTo(new[] { "receptor_codigo_postal" }));
        Assert.That(Failed(Right with { Total = 220.41m }), Is.EqualTo(new[] { "total" }));
        Assert.That(Failed(Right with { Total = 220.39m }), Is.EqualTo(new[] { "total" }));
        Assert.That(Failed(Right with { Compra = new(2026, 3, 12) }), Is.EqualTo(new[] { "fecha" }));
    }

    [Test]
    public void An_invoice_dated_the_day_before_the_purchase_passes() =>
        Assert.That(Failed(Right with { Compra = new(2026, 3, 11) }), Is.Empty);

    [Test]
    public void Another_use_is_a_warning() => Assert.That(
        Sample.Verify(Sample.Text(), Right with { UsoCfdi = "S01" }).StatusOf("receptor_uso"), Is.EqualTo(CheckStatus.Warning));

    [Test]
    public void Public_in_general_is_not_the_taxpayer()
    {
        var text = Sample.Text(root => root.Element(Sample.Cfdi + "Receptor")!.SetAttributeValue("Rfc", Rfc.Generico));
        var check = Sample.Verify(text, Right).Checks.Single(found => found.Code == "receptor_rfc");

        Assert.That(check.Status, Is.EqualTo(CheckStatus.Invalid));
        Assert.That(check.Detail, Does.Contain("público en general"));
    }

    [Test]
    public void A_credit_note_is_not_the_invoice_of_a_purchase() => Assert.That(
        Sample.Verify(Sample.Text(root => root.SetAttributeValue("TipoDeComprobante", "E")), Right).Failed(), Is.EqualTo(new[] { "tipo" }));

    [Test]
    public void A_date_in_the_future_is_refused_without_any_expectation() => Assert.That(
        CfdiVerifier.Verify(Sample.Read(Sample.Text()), Sample.Now.AddDays(-5), Sample.Pacs).Failed(), Is.EqualTo(new[] { "fecha" }));

    [Test]
    public void Another_currency_is_pointed_out() => Assert.That(
        Sample.Verify(Sample.Text(root => root.SetAttributeValue("Moneda", "USD")), Right).StatusOf("moneda"), Is.EqualTo(CheckStatus.Warning));

    private static IEnumerable<string> Failed(CfdiExpectation expected) => Sample.Verify(Sample.Text(), expected).Failed();
}
