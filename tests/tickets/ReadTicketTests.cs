using Invoicing.Messages;

namespace Invoicing.Tickets.Tests;

public sealed class ReadTicketTests
{
    private const string MejorFuturo = """
        MEJOR FUTURO SA DE CV
        RFC MFU761216I40
        Folio No: 318534
        Fecha del día: 18/08/2025  Hora: 10:15
        Total $359.00
        Facture en facturacion.inforest.com.mx o facturacion.infocaja.com.mx
        Tiene 72 horas para facturar. Debe esperar 60 minutos.
        """;

    [Test]
    public async Task Fields_addresses_and_deadline_are_told_and_kept()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = await http.SubmitTextAsync(MejorFuturo);

        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);

        Assert.That((read.Readable, read.Fields["folio"], read.Fields["total"], read.Fields["fecha"], read.Revision), Is.EqualTo((true, "318534", "359.00", "2025-08-18", 0)));
        Assert.That(read.PortalUrls, Has.Count.EqualTo(2));
        // Mexico City is six hours behind UTC all year since 2022.
        Assert.That(read.ClosesAt, Is.EqualTo(new DateTimeOffset(2025, 8, 21, 16, 15, 0, TimeSpan.Zero)));
        Assert.That(read.AvailableFrom, Is.EqualTo(new DateTimeOffset(2025, 8, 18, 17, 15, 0, TimeSpan.Zero)));
        var ticket = await http.UntilAsync(id, t => t["deadline"] is not null);
        Assert.That((string?)ticket["deadline"]!["source"], Is.EqualTo("ticket"));
        Assert.That((bool)ticket["processing"]!, Is.False);
        Assert.That(ticket["llm_analysis"]!["facturacion_urls"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_merchant_of_the_catalogue_brings_its_portal_and_window()
    {
        var tenant = App.NewTenant();
        using var http = App.Service.As(tenant, Role.admin);
        var merchant = await http.PostOkAsync("/invoicing/merchants", new
        {
            nombre = "Tienda Cielo", metodo_facturacion = "portal",
            metadata = new { portal_urls = new[] { "http://127.0.0.1:8201/uno", "http://127.0.0.1:8204/dos" }, rfc = "EKU9003173C9", required_fields = new[] { "folio" }, window = new { days = 30 }, category = "alimentacion", labels = new { folio = new[] { "Clave de la cuenta" }, total = "no es lista" } },
        });

        var id = await http.SubmitTextAsync("ALGO\nRFC: EKU9003173C9\nFOLIO: 991\nFECHA: 15/01/2026\nTOTAL: $125.50");

        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        Assert.That((read.Merchant!.Id, read.Merchant.Nombre), Is.EqualTo(((long)merchant["id"]!, "Tienda Cielo")));
        Assert.That(read.PortalUrls, Is.EqualTo(new[] { "http://127.0.0.1:8201/uno", "http://127.0.0.1:8204/dos" }));
        Assert.That(read.Merchant.Labels!.Select(l => $"{l.Key}: {string.Join(", ", l.Value)}"), Is.EqualTo(new[] { "folio: Clave de la cuenta" }));
        Assert.That(read.ClosesAt, Is.EqualTo(new DateTimeOffset(2026, 2, 15, 5, 59, 59, TimeSpan.Zero)));
        var ticket = await http.UntilAsync(id, t => t["merchant_id"] is not null);
        Assert.That(((string?)ticket["merchant_name"], (string?)ticket["category"]), Is.EqualTo(("Tienda Cielo", "alimentacion")));
    }

    [TestCase(3, 7)]
    [TestCase(20, 60)]
    [TestCase(70, 60)]
    public async Task Where_sources_differ_the_next_end_that_is_still_to_come_counts(int daysAgo, int window)
    {
        var tenant = App.NewTenant();
        using var http = App.Service.As(tenant, Role.admin);
        await http.PostOkAsync("/invoicing/merchants", new
        {
            nombre = "Tienda Duda", metodo_facturacion = "portal",
            metadata = new { portal_url = "http://127.0.0.1:8201/", window = new object[] { new { days = 60, seen = "2026-08", evidence = "C" }, new { days = 7, wait_minutes = 90 }, "siete días" } },
        });
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-daysAgo);

        var id = await http.SubmitTextAsync($"TIENDA DUDA\nFOLIO: 991\nFECHA: {day:dd/MM/yyyy} HORA: 10:00\nTOTAL: $125.50");

        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        Assert.That(read.ClosesAt, Is.EqualTo(new DateTimeOffset(day.AddDays(window + 1), new TimeOnly(5, 59, 59), TimeSpan.Zero)));
        Assert.That(read.AvailableFrom, Is.EqualTo(new DateTimeOffset(day, new TimeOnly(17, 30), TimeSpan.Zero)));
    }

    [Test]
    public async Task A_merchant_nobody_knows_has_the_window_of_the_platform_that_serves_its_portal()
    {
        using var http = App.Service.As(App.NewTenant());

        var id = await http.SubmitTextAsync("FONDA LUPITA\nFOLIO: 1234\nFECHA: 15/01/2026\nTOTAL: $125.50\nFACTURE EN https://www.mefacturo.mx/lupita");

        var ticket = await http.UntilAsync(id, t => t["deadline"] is not null);
        Assert.That((string?)ticket["deadline"]!["source"], Is.EqualTo("platform"));
        Assert.That((DateTimeOffset)ticket["deadline"]!["closes_at"]!, Is.EqualTo(new DateTimeOffset(2026, 1, 23, 5, 59, 59, TimeSpan.Zero)));
    }

    [Test]
    public async Task An_unknown_merchant_has_no_address_and_nobody_elses_merchant_helps()
    {
        using var other = App.Service.As(App.NewTenant(), Role.admin);
        await other.PostOkAsync("/invoicing/merchants", new { nombre = "Abarrotes Lupita", metodo_facturacion = "portal", metadata = new { portal_url = "https://lupita.mx" } });
        using var http = App.Service.As(App.NewTenant());

        var id = await http.SubmitTextAsync("ABARROTES LUPITA\nTOTAL: $20.00");

        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        Assert.That((read.Readable, read.Merchant, read.PortalUrls.Count), Is.EqualTo((true, (MerchantFacts?)null, 0)));
    }

    [Test]
    public async Task What_the_client_knows_wins_over_what_is_read()
    {
        using var http = App.Service.As(App.NewTenant());
        var ticket = await http.PostOkAsync("/invoicing/v2/tickets", new
        {
            raw_data = "FOLIO: 123\nTOTAL: $20.00", tipo = "texto", alternative_urls = new[] { "http://127.0.0.1:8201/" }, portal_fields = new { folio = "999", tienda = 7 },
        });

        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == (long)ticket["id"]!);

        Assert.That((read.Fields["folio"], read.Fields["tienda"], read.Fields["total"], read.Confidence["folio"]), Is.EqualTo(("999", "7", "20.00", 1.0)));
        Assert.That(read.PortalUrls, Is.EqualTo(new[] { "http://127.0.0.1:8201/" }));
    }

    [Test]
    public async Task A_correction_is_told_as_a_new_reading()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = await http.SubmitTextAsync("FOLIO: 123\nTOTAL: $20.00");
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);

        var ticket = await http.PostOkAsync($"/invoicing/v2/tickets/{id}/fields", new { fields = new { folio = "124", portal_url = "http://localhost:8201/" } });

        Assert.That((string?)ticket["extracted_fields"]!["folio"], Is.EqualTo("124"));
        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id && m.Revision == 1);
        Assert.That((read.Fields["folio"], read.Fields["total"], read.PortalUrls.Single()), Is.EqualTo(("124", "20.00", "http://localhost:8201/")));
        var again = await http.PostOkAsync($"/invoicing/tickets/{id}/reanalyze", new { });
        Assert.That((bool)again["analysis_updated"]!, Is.True);
        Assert.That((await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id && m.Revision == 2)).Fields["folio"], Is.EqualTo("124"));
    }

    [Test]
    public async Task A_ticket_told_by_voice_waits_for_a_person()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = (long)(await (await http.SubmitFileAsync("OggS...."u8.ToArray(), "nota.ogg", "audio/ogg")).JsonAsync())["id"]!;

        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);

        Assert.That((read.Readable, read.Fields.Count, read.PortalUrls.Count), Is.EqualTo((true, 0, 0)));
        Assert.That((string?)(await http.GetJsonAsync($"/invoicing/tickets/{id}"))["estado"], Is.EqualTo("pendiente"));
    }

    [Test]
    public async Task The_same_message_twice_is_one_reading()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = await http.SubmitTextAsync("FOLIO: 5\nTOTAL: $20.00");
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        var said = await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == id);

        await App.Bus.SayAsync(said);
        var next = await http.SubmitTextAsync("FOLIO: 6\nTOTAL: $20.00");
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == next);

        Assert.That(App.Bus.Heard<TicketRead>().Count(m => m.TicketId == id), Is.EqualTo(1));
    }

    [Test]
    public async Task Addresses_are_found_in_any_text()
    {
        using var http = App.Service.As(App.NewTenant());

        var found = await http.PostOkAsync("/invoicing/extract-urls", new { text = MejorFuturo });

        Assert.That(((int)found["total_found"]!, (string?)found["method"]), Is.EqualTo((2, "url_extractor_service")));
        Assert.That((string?)found["best_url"]!["url"], Does.Contain("facturacion."));
        Assert.That((string?)(await http.PostOkAsync("/invoicing/extract-urls", new { text = " " }))["method"], Is.EqualTo("no_text"));
        var id = await http.SubmitTextAsync(MejorFuturo);
        Assert.That((long)(await http.PostOkAsync("/invoicing/extract-urls", new { ticket_id = id }))["ticket_id"]!, Is.EqualTo(id));
    }
}
