using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

public sealed class VerifierTests
{
    [Test]
    public void A_good_invoice_passes_every_check()
    {
        var found = Sample.Verify(Sample.Text());

        Assert.That(found.Checks.Where(check => check.Status != CheckStatus.Valid), Is.Empty);
        Assert.That(found.Valid, Is.True);
        Assert.That((found.Seal, found.Stamp), Is.EqualTo((CheckStatus.Valid, CheckStatus.Valid)));
        Assert.That(
            (found.Version, found.Uuid, found.EmisorRfc, found.ReceptorRfc, found.Total, found.Fecha),
            Is.EqualTo(("4.0", Sample.Uuid, "EKU9003173C9", "URE180429TM6", 220.40m, new DateTime(2026, 3, 10, 12, 30, 0))));
    }

    [Test]
    public void The_prefix_means_nothing()
    {
        var text = Sample.Text().Replace("cfdi:", "x:", StringComparison.Ordinal).Replace(":cfdi", ":x", StringComparison.Ordinal)
            .Replace("tfd:", "y:", StringComparison.Ordinal).Replace(":tfd", ":y", StringComparison.Ordinal);

        Assert.That(Sample.Verify(text).Failed(), Is.Empty);
    }

    [Test]
    public void The_bytes_are_kept_as_they_came()
    {
        var text = Sample.Text() + "\n<!-- fin -->";
        var cfdi = (Cfdi)Sample.Read(text);

        Assert.That(System.Text.Encoding.UTF8.GetString(cfdi.Bytes.Span), Is.EqualTo(text));
    }

    [TestCaseSource(nameof(SealedAttributes))]
    public void Changing_any_sealed_value_is_noticed(string element, string attribute)
    {
        var document = XDocument.Parse(Sample.Text());
        var changed = document.Descendants(Sample.Cfdi + element).Attributes(attribute).First();
        changed.Value = changed.Value[..^1] + (changed.Value[^1] == '1' ? '2' : '1');

        Assert.That(Sample.Verify(document.ToString()).Failed(), Does.Contain("sello"));
    }

    [Test]
    public void An_unknown_PAC_leaves_the_timbre_unverified_not_invalid()
    {
        var found = CfdiVerifier.Verify(Sample.Read(Sample.Text()), Sample.Now, new Dictionary<string, System.Security.Cryptography.X509Certificates.X509Certificate2>());

        Assert.That(found.Stamp, Is.EqualTo(CheckStatus.Unverified));
        Assert.That(found.Valid, Is.True);
    }

    [Test]
    public void Another_emisors_certificate_is_not_the_emisors()
    {
        var document = Sample.Plain();
        document.Root!.SetAttributeValue("Certificado", TestCertificate.Other.Base64);
        document.Root!.SetAttributeValue("NoCertificado", TestCertificate.Other.Number);

        Assert.That(Sample.Verify(Sample.Text(document, TestCertificate.Other)).Failed(), Is.EqualTo(new[] { "certificado_rfc" }));
    }

    [Test]
    public void The_certificate_number_must_be_the_certificates() => Assert.That(
        Sample.Verify(Sample.Text(root => root.SetAttributeValue("NoCertificado", "30001000000500000001"))).Failed(),
        Is.EqualTo(new[] { "certificado_numero" }));

    [TestCase("")]
    [TestCase("bm8gZXMgdW4gY2VydGlmaWNhZG8=")]
    [TestCase("%%%")]
    public void A_certificate_that_is_none_is_invalid(string certificate) => Assert.That(
        Sample.Verify(Sample.Text(root => root.SetAttributeValue("Certificado", certificate))).Failed(), Does.Contain("sello"));

    [Test]
    public void A_short_key_cannot_seal()
    {
        var document = Sample.Plain();
        document.Root!.SetAttributeValue("Certificado", TestCertificate.Weak.Base64);
        document.Root!.SetAttributeValue("NoCertificado", TestCertificate.Weak.Number);

        Assert.That(Sample.Verify(Sample.Text(document, TestCertificate.Weak)).Failed(), Is.EqualTo(new[] { "sello" }));
    }

    [TestCase("2023-12-31T10:00:00", false)]
    [TestCase("2023-12-31T17:00:00", true)]
    [TestCase("2024-01-01T10:00:00", true)]
    public void The_certificate_must_be_in_force_somewhere_in_Mexico(string issued, bool inForce)
    {
        var text = Sample.Text(root => root.SetAttributeValue("Fecha", issued));

        Assert.That(Sample.Verify(text).Failed().Contains("certificado_vigencia"), Is.EqualTo(!inForce));
    }

    [Test]
    public void Sums_that_do_not_add_up_are_a_warning()
    {
        var found = Sample.Verify(Sample.Text(root => root.SetAttributeValue("Total", "999.00")));

        Assert.That(found.StatusOf("sumas"), Is.EqualTo(CheckStatus.Warning));
        Assert.That(found.Valid, Is.True);
    }

    [Test]
    public void A_use_that_does_not_fit_the_regimen_is_a_warning() => Assert.That(
        Sample.Verify(Sample.Text(root => root.Element(Sample.Cfdi + "Receptor")!.SetAttributeValue("UsoCFDI", "D01"))).StatusOf("catalogos"),
        Is.EqualTo(CheckStatus.Warning));

    private static IEnumerable<TestCaseData> SealedAttributes() =>
        from element in Sample.Plain().Descendants()
        from attribute in element.Attributes()
        where !attribute.IsNamespaceDeclaration && attribute.Name.LocalName is not ("Sello" or "Certificado")
        group attribute by (Element: element.Name.LocalName, Attribute: attribute.Name.LocalName) into one
        select new TestCaseData(one.Key.Element, one.Key.Attribute);
}
