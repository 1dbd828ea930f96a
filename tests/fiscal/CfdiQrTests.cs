namespace Invoicing.Fiscal.Tests;

public sealed class CfdiQrTests
{
    [TestCase("1000.00000", "1000.0")]
    [TestCase("0", "0.0")]
    [TestCase("220.40", "220.4")]
    [TestCase("0.123456", "0.123456")]
    public void The_total_loses_its_trailing_zeros_but_one(string total, string written) => Assert.That(
        new CfdiQr(Sample.Uuid, "EKU9003173C9", "URE180429TM6", decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture), null).Expression,
        Does.EndWith($"&tt={written}"));

    [Test]
    public void Six_decimals_are_rounded_to() =>
        Assert.That(new CfdiQr(Sample.Uuid, "EKU9003173C9", "URE180429TM6", 0.1234565m, null).Expression, Does.EndWith("&tt=0.123457"));

    [Test]
    public void What_an_invoice_prints_is_read_back()
    {
        var qr = CfdiQr.Of((Cfdi)Sample.Read(Sample.Text()))!;

        Assert.That(qr.Url, Does.StartWith($"https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id={Sample.Uuid}&re=EKU9003173C9&rr=URE180429TM6&tt=220.4&fe="));
        Assert.That(CfdiQr.Parse(qr.Url), Is.EqualTo(qr));
        Assert.That(CfdiQr.Parse(qr.Expression), Is.EqualTo(qr));
    }

    [Test]
    public void An_ampersand_in_an_RFC_survives_however_it_is_written()
    {
        var qr = new CfdiQr(Sample.Uuid, "H&E951128469", "L&O950913MSA", 1m, "abcde+/=");

        Assert.That(qr.Expression, Does.Contain("re=H&amp;E951128469"));
        Assert.That(CfdiQr.Parse(qr.Url), Is.EqualTo(qr));
        Assert.That(CfdiQr.Parse(qr.Url.Replace("&amp;", "&", StringComparison.Ordinal)), Is.EqualTo(qr));
        Assert.That(CfdiQr.Parse(qr.Url.Replace("H&amp;", "H%26", StringComparison.Ordinal)), Is.EqualTo(qr));
    }

    [Test]
    public void The_old_order_with_padded_total_is_read() => Assert.That(
        CfdiQr.Parse("?re=EKU9003173C9&rr=URE180429TM6&tt=0000000220.400000&id=5f0c1b5e-8c0b-4b6c-9d57-0a6c1e2f3a4b"),
        Is.EqualTo(new CfdiQr(Sample.Uuid, "EKU9003173C9", "URE180429TM6", 220.4m, null)));

    [TestCase("https://verificacfdi.facturaelectronica.sat.gob.mx.evil.example/default.aspx?id=5F0C1B5E-8C0B-4B6C-9D57-0A6C1E2F3A4B&re=EKU9003173C9&rr=URE180429TM6&tt=1.0")]
    [TestCase("?id=x&re=EKU9003173C9&rr=URE180429TM6&tt=1.0")]
    [TestCase("?id=5F0C1B5E-8C0B-4B6C-9D57-0A6C1E2F3A4B&re=EKU&rr=URE180429TM6&tt=1.0")]
    [TestCase("?id=5F0C1B5E-8C0B-4B6C-9D57-0A6C1E2F3A4B&re=EKU9003173C9&rr=URE180429TM6&tt=1e9")]
    [TestCase("?id=5F0C1B5E-8C0B-4B6C-9D57-0A6C1E2F3A4B&re=EKU9003173C9&rr=URE180429TM6&tt=1.0&tt=2.0")]
    [TestCase("https://encuesta.example/")]
    [TestCase("")]
    public void What_is_not_SATs_QR_is_null(string text) => Assert.That(CfdiQr.Parse(text), Is.Null);
}
