namespace Invoicing.Tickets.Reading.Tests;

public sealed class HostileTextTests
{
    [Test]
    public void A_ticket_that_lost_its_line_breaks_is_read_all_the_same()
    {
        var reading = ReceiptReader.ReadText(string.Join(' ', Tickets.MejorFuturo.Split('\n').Select(line => line.Trim())));

        Assert.Multiple(() =>
        {
            Assert.That(FieldExtractionTests.Value(reading, "rfc_emisor"), Is.EqualTo("MFU761216I40"));
            Assert.That(FieldExtractionTests.Value(reading, "folio"), Is.EqualTo("318534"));
            Assert.That(FieldExtractionTests.Value(reading, "total"), Is.EqualTo("359.00"));
            Assert.That(FieldExtractionTests.Value(reading, "fecha"), Is.EqualTo("2025-08-18"));
            Assert.That((reading.Window?.Hours, reading.Window?.WaitMinutes), Is.EqualTo((72, 60)));
        });
    }

    [TestCase("SUBTOTAL: $100 / TOTAL: $116", "116.00")]
    [TestCase("OXXO compra de ayer, folio 221, subtotal $100 iva $16 total $116 pagado en efectivo", "116.00")]
    public void A_message_in_one_line_gives_its_total(string text, string total) =>
        Assert.That(FieldExtractionTests.Value(ReceiptReader.ReadText(text), "total"), Is.EqualTo(total));

    [TestCase("ID ")]
    [TestCase("1 ")]
    [TestCase("a.")]
    [TestCase("/")]
    [TestCase("www.")]
    [TestCase("RFC")]
    [TestCase("TOTAL 1,")]
    [TestCase("0")]
    [TestCase("http://a.com/")]
    [TestCase("FACTURA\n")]
    [TestCase("\u202e\u0000\ud83d\ude00 ")]
    public void Endless_repetition_ends(string unit)
    {
        var reading = ReceiptReader.ReadText(string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length)));

        Assert.That(reading.Fields.Keys, Does.Not.Contain("fecha"));
    }

    [TestCase("")]
    [TestCase("  \n\t ")]
    public void Nothing_is_unreadable(string text) =>
        Assert.That(ReceiptReader.ReadText(text).Readable, Is.False);
}
