using System.Text.Json;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>Knowledge/merchants.json: every merchant is known by what its tickets print, and none is taken for another.</summary>
public sealed class MerchantCatalogueTests
{
    private static readonly List<(FieldEntry Entry, KnownMerchant Merchant)> Catalogue =
        [.. KnownMerchants.All.Where(entry => !entry.IsPlatform).Select((entry, i) => (entry, new KnownMerchant(i + 1, entry.Name, null, Texts(entry, "aliases"), Text(entry, "portal_url") is { } url ? [url] : [])))];

    public static IEnumerable<TestCaseData> Printed() => Catalogue.SelectMany(known => known.Merchant.Aliases.Append(known.Entry.Name).Select(name => new TestCaseData(name, known.Entry.Name)));

    [TestCaseSource(nameof(Printed))]
    public void A_ticket_with_its_name_is_its_own(string printed, string name) =>
        Assert.That(NameOf($"{printed}\nAV. HIDALGO 120 COL. CENTRO\nFECHA: 02/07/2025\nFOLIO: 318534\nTOTAL $359.00"), Is.EqualTo(name));

    [Test]
    public void Its_portal_names_it_or_is_shared_and_names_nobody()
    {
        foreach (var (entry, merchant) in Catalogue.Where(known => known.Merchant.PortalUrls.Count > 0))
        {
            var found = NameOf($"COMERCIO S.A. DE C.V.\nFOLIO: 318534\nFACTURE EN {merchant.PortalUrls[0]}");
            var sharing = Catalogue.Count(other => other.Merchant.PortalUrls.Any(url => new Uri(url).Authority == new Uri(merchant.PortalUrls[0]).Authority));
            Assert.That(found, sharing > 1 ? Is.Null.Or.EqualTo(entry.Name) : Is.EqualTo(entry.Name), entry.Name);
        }
    }

    [TestCase("ABARROTES DON PEPE\nCALLE LIVERPOOL 20 COL. JUAREZ\nTOTAL 50.00")]
    [TestCase("TIENDA LA ESQUINA\nAV. PANAMA 33\n1 CAFE STARBUCKS 30.00\nTOTAL 30.00")]
    [TestCase("PAPELERIA EL BUZON\nFACTURE EN https://www.masfacturaweb.com.mx/otra/otra.aspx")]
    [TestCase("FONDA LUPITA\nFACTURE EN www.mefacturo.mx/lupita")]
    [TestCase("GASOLINERA X\nFACTURE EN app.facturagas.net")]
    public void A_street_a_product_or_a_platform_names_nobody(string text) => Assert.That(NameOf(text), Is.Null);

    [Test]
    public void Every_entry_has_its_evidence_and_its_date()
    {
        Assert.That(KnownMerchants.All, Has.Count.GreaterThan(80));
        Assert.That(KnownMerchants.All.Where(entry => entry.Evidence is not ("A" or "B" or "C" or "D") || !DateOnly.TryParse(entry.Seen + "-01", System.Globalization.CultureInfo.InvariantCulture, out _)), Is.Empty);
        Assert.That(KnownMerchants.All.Select(entry => entry.Name.ToUpperInvariant()), Is.Unique);
        Assert.That(KnownMerchants.All.Select(entry => Text(entry, "rfc")).OfType<string>().Where(rfc => !Fiscal.Rfc.Inspect(rfc).FormatValid), Is.Empty);
    }

    private static string? NameOf(string text) =>
        MerchantIdentifier.Identify([.. Catalogue.Select(known => known.Merchant)], ReceiptReader.ReadText(text)) is { } match ? Catalogue[(int)match.Id - 1].Entry.Name : null;

    private static string? Text(FieldEntry entry, string name) => entry.Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] Texts(FieldEntry entry, string name) => entry.Json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : [];
}
