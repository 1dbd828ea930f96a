using System.Text;

namespace Invoicing.Fiscal.Tests;

public sealed class HostileXmlTests
{
    private const string Root = "<cfdi:Comprobante xmlns:cfdi=\"http://www.sat.gob.mx/cfd/4\"";

    [TestCase("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + Root + " Version='&e;'/>", "xml_prohibido")]
    [TestCase("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>" + Root + "/>", "xml_prohibido")]
    [TestCase("<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'> %p;]>" + Root + "/>", "xml_prohibido")]
    [TestCase("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>" + Root + "/>", "xml_prohibido")]
    [TestCase(Root + " Version='&e;'/>", "xml_mal_formado")]
    [TestCase(Root + " Total='1' Total='2'/>", "xml_mal_formado")]
    [TestCase(Root + " Total='1<!-- -->2'/>", "xml_mal_formado")]
    [TestCase(Root + " Total='&#0;'/>", "xml_mal_formado")]
    [TestCase(Root + "><cfdi:Emisor>", "xml_mal_formado")]
    [TestCase("<?xml version='1.0' encoding='utf-7'?>" + Root + "/>", "codificacion")]
    [TestCase("<?xml version='1.0' encoding='iso-8859-1'?>" + Root + "/>", "codificacion")]
    [TestCase("+ADw-cfdi:Comprobante/>", "xml_mal_formado")]
    [TestCase("<!doctype html><html><body>Sesión expirada</body></html>", "es_html")]
    [TestCase("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'><html/>", "es_html")]
    [TestCase("  <HTML><head></head></HTML>", "es_html")]
    [TestCase("<!-- portal --><html xmlns='http://www.w3.org/1999/xhtml'/>", "es_html")]
    [TestCase("%PDF-1.7", "es_pdf")]
    [TestCase("{\"xml\":null}", "es_json")]
    [TestCase(" \r\n", "vacio")]
    [TestCase("", "vacio")]
    [TestCase("<factura/>", "no_es_cfdi")]
    [TestCase("<Comprobante Version='4.0'/>", "no_es_cfdi")]
    [TestCase("<cfdi:Comprobante xmlns:cfdi='http://www.sat.gob.mx/cfd/3' Version='3.3'/>", "version")]
    [TestCase("<x>" + Root + "/></x>", "no_es_cfdi")]
    public void What_is_no_CFDI_says_why(string text, string code) => AssertUnreadable(Encoding.UTF8.GetBytes(text), code);

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    public void Another_encoding_is_refused_with_its_mark_and_without(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        AssertUnreadable(encoding.GetBytes(Sample.Text()), "codificacion");
        AssertUnreadable([.. encoding.GetPreamble(), .. encoding.GetBytes(Sample.Text())], "codificacion");
    }

    [Test]
    public void Bytes_that_are_no_UTF_8_are_refused() =>
        AssertUnreadable(Encoding.Latin1.GetBytes(Sample.Text()), "codificacion");

    [Test]
    public void A_byte_order_mark_of_UTF_8_is_fine() =>
        Assert.That(Cfdi.Parse(new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes(Sample.Text())).ToArray()), Is.TypeOf<Cfdi>());

    [TestCase(64)]
    [TestCase(100_000)]
    public void Depth_is_bounded(int depth) =>
        AssertUnreadable(Encoding.UTF8.GetBytes(Root + ">" + Repeat("<a>", depth) + Repeat("</a>", depth) + "</cfdi:Comprobante>"), "xml_demasiado_complejo");

    [Test]
    public void Attributes_are_bounded() =>
        AssertUnreadable(Encoding.UTF8.GetBytes(Root + string.Concat(Enumerable.Range(0, 300_000).Select(i => $" a{i}=''")) + "/>"), "xml_demasiado_complejo");

    [Test]
    public void Elements_are_bounded() =>
        AssertUnreadable(Encoding.UTF8.GetBytes(Root + ">" + Repeat("<a/>", 200_000) + "</cfdi:Comprobante>"), "xml_demasiado_complejo");

    [Test]
    public void Size_is_bounded() => AssertUnreadable(new byte[(5 * 1024 * 1024) + 1], "demasiado_grande");

    [Test]
    public void A_stylesheet_instruction_and_comments_are_not_followed()
    {
        var text = "<?xml-stylesheet type='text/xsl' href='http://127.0.0.1:9/x.xsl'?><!-- <x/> -->" + Sample.Text();

        Assert.That(Sample.Verify(text).Failed(), Is.Empty);
    }

    [Test]
    public void Random_damage_never_throws()
    {
        var random = new Random(7);
        var good = Encoding.UTF8.GetBytes(Sample.Text());
        for (var i = 0; i < 500; i++)
        {
            var bad = good.ToArray();
            for (var k = 0; k <= i % 4; k++) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            Assert.That(() => CfdiVerifier.Verify(Cfdi.Parse(bad), Sample.Now, Sample.Pacs), Throws.Nothing);
        }
    }

    [Test]
    public void A_damaged_certificate_never_throws()
    {
        var random = new Random(11);
        var good = Sample.Text();
        for (var i = 0; i < 500; i++)
        {
            var der = TestCertificate.Emisor.Certificate.RawData.ToArray();
            for (var k = 0; k <= i % 3; k++) der[random.Next(der.Length)] = (byte)random.Next(256);
            var text = good.Replace(TestCertificate.Emisor.Base64, Convert.ToBase64String(der), StringComparison.Ordinal);
            Assert.That(() => Sample.Verify(text), Throws.Nothing);
        }
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private static void AssertUnreadable(byte[] bytes, string code)
    {
        var reading = Cfdi.Parse(bytes);

        Assert.That(reading, Is.TypeOf<CfdiUnreadable>().With.Property("Code").EqualTo(code));
        Assert.That(CfdiVerifier.Verify(reading, Sample.Now, Sample.Pacs).Valid, Is.False);
    }
}
