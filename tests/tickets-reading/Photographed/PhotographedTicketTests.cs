namespace Invoicing.Tickets.Reading.Tests;

public sealed class PhotographedTicketTests
{
    [TestCase(0f, 0f)]
    [TestCase(6f, 0f)]
    [TestCase(-9f, 0f)]
    [TestCase(0f, 1.2f)]
    [TestCase(3f, .8f)]
    public async Task A_ticket_is_read_clean_tilted_and_blurred(float tilt, float blur)
    {
        var reading = await Reader.ReadImage(Paper.Print(Tickets.Fuel, tilt, blur));

        Assert.Multiple(() =>
        {
            Assert.That(reading.Readable, Is.True, reading.Reason);
            Assert.That(Value(reading, "rfc_emisor"), Is.EqualTo("EKU9003173C9"));
            Assert.That(Value(reading, "folio"), Is.EqualTo("37723802"));
            Assert.That(Value(reading, "fecha"), Is.EqualTo("2026-03-16"));
            Assert.That(Value(reading, "total"), Is.EqualTo("1045.96"));
            Assert.That(Value(reading, "forma_pago"), Is.EqualTo("28"));
            Assert.That(reading.Window?.Hours, Is.EqualTo(72));
        });
    }

    [TestCase(40)]
    [TestCase(80)]
    public async Task A_ticket_on_curled_paper_is_read(float height)
    {
        var reading = await Reader.ReadImage(Paper.Curled(Tickets.Fuel, height));

        Assert.That((Value(reading, "rfc_emisor"), Value(reading, "folio"), Value(reading, "fecha"), Value(reading, "total")), Is.EqualTo(("EKU9003173C9", "37723802", "2026-03-16", "1045.96")), reading.Text);
    }

    [TestCase(90)]
    [TestCase(180)]
    [TestCase(270)]
    public async Task A_ticket_that_lies_turned_is_read_all_the_same(int degrees)
    {
        var reading = await Reader.ReadImage(Paper.Turned(Paper.Print(Tickets.Pharmacy), degrees));

        Assert.That((Value(reading, "total"), Value(reading, "fecha")), Is.EqualTo(("191.90", "2026-07-14")), reading.Text);
    }

    [TestCase("AQUMOVJ3OAD34KFDZPNJ")]
    [TestCase("7ORFORJ317HN5N7G7P5N")]
    [TestCase("XVYDXMN48N0QZTY7CQDN")]
    public async Task An_O_and_a_zero_of_a_code_are_told_by_the_print_of_the_slip(string code)
    {
        var reading = await Reader.ReadImage(Paper.Print(Tickets.Convenience + "\nCODIGO DE FACTURACION: " + code));

        Assert.That(Value(reading, "codigo_facturacion"), Is.EqualTo(code), reading.Text);
    }

    [Test]
    public async Task A_QR_code_on_the_ticket_backs_its_fields()
    {
        var reading = await Reader.ReadImage(Paper.Print(Tickets.Restaurant, qr: "https://misfacturas.mx/lupita/f?c=L3FAYUJJC3"));

        Assert.That(reading.Codes, Is.EqualTo(new[] { new ReadCode("QR", "https://misfacturas.mx/lupita/f?c=L3FAYUJJC3") }));
        Assert.That(reading.Fields["codigo_facturacion"], Is.EqualTo(new ReadField("L3FAYUJJC3", .995, [])).Using<ReadField>((a, b) => a.Value == b.Value && a.Confidence.Equals(b.Confidence)));
    }

    [Test]
    public async Task Photos_read_at_the_same_time_do_not_mix()
    {
        var tickets = new[] { Tickets.Fuel, Tickets.Pharmacy, Tickets.Restaurant };
        var readings = await Task.WhenAll(tickets.Select(ticket => Reader.ReadImage(Paper.Print(ticket))));

        Assert.That(readings.Select(reading => Value(reading, "total")), Is.EqualTo(new[] { "1045.96", "191.90", "745.00" }));
    }

    [Test]
    public void A_reading_that_is_no_longer_wanted_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.That(async () => await Reader.Receipts.ReadAsync(Paper.Print(Tickets.Fuel), TicketForm.Image, stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static string? Value(TicketReading reading, string key) => FieldExtractionTests.Value(reading, key);
}
