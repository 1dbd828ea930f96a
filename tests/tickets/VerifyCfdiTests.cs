using System.Net;
using System.Text;
using Invoicing.Fiscal.Tests;
using Invoicing.Messages;

namespace Invoicing.Tickets.Tests;

public sealed class VerifyCfdiTests
{
    private static async Task<(HttpClient Http, TicketSubmitted Ticket)> TicketAsync(string tenant, string total = "220.40")
    {
        var http = App.Service.As(tenant);
        var id = await http.SubmitTextAsync($"FOLIO: 5\nFECHA: 10/03/2026\nTOTAL: ${total}");
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        return (http, await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == id));
    }

    private static async Task<DeliveredFile> StoredAsync(string tenant, byte[] bytes, string kind = "cfdi_xml") =>
        new(kind, await App.Artefacts.PutAsync(tenant, "factura", "application/octet-stream", bytes, CancellationToken.None));

    private static VerifyCfdi Verify(TicketSubmitted t, params DeliveredFile[] files) =>
        new(t.JobId!.Value, 1, t.TicketId, t.CompanyId, TestInvoice.Receptor, files, DateTimeOffset.UnixEpoch);

    [Test]
    public async Task A_good_invoice_is_accepted_and_the_ticket_shows_it()
    {
        var tenant = App.NewTenant();
        var (http, t) = await TicketAsync(tenant);
        var (xml, uuid) = TestInvoice.Make(220.40m);

        await App.Bus.SayAsync(Verify(t, await StoredAsync(tenant, xml), await StoredAsync(tenant, "%PDF-1.4"u8.ToArray(), "cfdi_pdf")));

        var accepted = await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == t.TicketId);
        Assert.That((accepted.Uuid, accepted.JobId, accepted.Total, accepted.Attempt, accepted.EmisorRfc), Is.EqualTo((uuid, t.JobId, 220.40m, (int?)1, TestInvoice.Emisor)));
        var ticket = await http.GetJsonAsync($"/invoicing/v2/tickets/{t.TicketId}");
        Assert.That(((string?)ticket["invoice_uuid"], (string?)ticket["invoice"]!["uuid"], (bool)ticket["invoice"]!["validation"]!["valid"]!), Is.EqualTo((uuid, uuid, true)));
        // The job tells the end; until then the ticket is not complete.
        Assert.That((string?)ticket["estado"], Is.EqualTo("pendiente"));
        Assert.That(await http.GetByteArrayAsync((string)ticket["invoice"]!["xml_url"]!), Is.EqualTo(xml));
        using var part = new HttpRequestMessage(HttpMethod.Get, (string)ticket["invoice"]!["xml_url"]!) { Headers = { Range = new(0, 4) } };
        var partial = await http.SendAsync(part);
        Assert.That((partial.StatusCode, await partial.Content.ReadAsByteArrayAsync()), Is.EqualTo((HttpStatusCode.PartialContent, xml[..5])));
        using var again = new HttpRequestMessage(HttpMethod.Get, (string)ticket["invoice"]!["xml_url"]!) { Headers = { IfNoneMatch = { partial.Headers.ETag! } } };
        Assert.That((await http.SendAsync(again)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That((await http.GetAsync((string)ticket["invoice"]!["pdf_url"]!)).Content.Headers.ContentType!.MediaType, Is.EqualTo("application/pdf"));
        Assert.That((await http.GetJsonAsync($"/invoicing/tickets/{t.TicketId}/invoice-status"))["attachments"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task With_the_job_closed_the_ticket_is_complete_and_a_failing_job_takes_no_invoice_away()
    {
        var tenant = App.NewTenant();
        var (http, t) = await TicketAsync(tenant);
        await App.Bus.SayAsync(Verify(t, await StoredAsync(tenant, TestInvoice.Make(220.40m).Xml)));
        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == t.TicketId);

        await App.Bus.SayAsync(new JobClosed(
            t.JobId!.Value, t.TicketId, tenant, "fallido", "fallido", "portal_caido", "x", null, null, new(0, 0, 0, 0, 0, 0, null, 0, 1), t.SubmittedAt, t.SubmittedAt.AddMinutes(1), 9));

        await http.UntilAsync(t.TicketId, x => (string?)x["estado"] == "completado");
        await App.Bus.WaitForAsync<TicketChanged>(m => m.TicketId == t.TicketId && m.Estado == "completado");
    }

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return new TestCaseData(TestInvoice.Make(220.41m).Xml, "total").SetName("Another_total");
        yield return new TestCaseData(TestInvoice.Make(220.40m, "EKU9003173C9").Xml, "receptor_rfc").SetName("Another_receptor");
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(TestInvoice.Make(220.40m).Xml).Replace("Consumo", "Consumos")), "sello").SetName("A_changed_invoice");
        yield return new TestCaseData("<html>Error</html>"u8.ToArray(), "xml").SetName("A_page");
    }

    [TestCaseSource(nameof(Bad))]
    public async Task What_is_not_this_tickets_invoice_is_refused_with_its_reason(byte[] xml, string code)
    {
        var tenant = App.NewTenant();
        var (http, t) = await TicketAsync(tenant);

        await App.Bus.SayAsync(Verify(t, await StoredAsync(tenant, xml)));

        var refused = await App.Bus.WaitForAsync<CfdiRefused>(m => m.TicketId == t.TicketId);
        Assert.That((refused.Code, refused.JobId, refused.Attempt), Is.EqualTo((code, t.JobId!.Value, 1)));
        var ticket = await http.GetJsonAsync($"/invoicing/v2/tickets/{t.TicketId}");
        Assert.That(((string?)ticket["invoice_uuid"], (string?)ticket["invoice_failure_reason"]), Is.EqualTo(((string?)null, refused.Reason)));
    }

    [Test]
    public async Task Files_that_hold_no_XML_or_are_gone_are_refused()
    {
        var tenant = App.NewTenant();
        var (_, t) = await TicketAsync(tenant);
        var pdf = await StoredAsync(tenant, "%PDF-1.4"u8.ToArray(), "cfdi_pdf");
        await App.Bus.SayAsync(Verify(t, pdf));
        await App.Bus.WaitForAsync<CfdiRefused>(m => m.TicketId == t.TicketId && m.Code == "sin_xml");

        await App.Bus.SayAsync(Verify(t, new DeliveredFile("cfdi_xml", pdf.File with { Key = "0000000000000000/00000000000000000000000000000000" })));

        await App.Bus.WaitForAsync<CfdiRefused>(m => m.TicketId == t.TicketId && m.Code == "archivo_perdido");
    }

    [Test]
    public async Task An_invoice_is_delivered_once_a_tenant()
    {
        var tenant = App.NewTenant();
        var (_, first) = await TicketAsync(tenant);
        var (_, second) = await TicketAsync(tenant);
        var (xml, _) = TestInvoice.Make(220.40m);
        await App.Bus.SayAsync(Verify(first, await StoredAsync(tenant, xml)));
        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == first.TicketId);

        await App.Bus.SayAsync(Verify(second, await StoredAsync(tenant, xml)));
        await App.Bus.SayAsync(Verify(first, await StoredAsync(tenant, xml)) with { Attempt = 2 });

        Assert.That((await App.Bus.WaitForAsync<CfdiRefused>(m => m.TicketId == second.TicketId)).Code, Is.EqualTo("uuid_duplicado"));
        await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == first.TicketId && m.Attempt == 2);
    }

    [Test]
    public async Task Two_tickets_at_once_cannot_have_one_invoice()
    {
        var tenant = App.NewTenant();
        var tickets = new List<TicketSubmitted>();
        for (var i = 0; i < 4; i++)
        {
            tickets.Add((await TicketAsync(tenant)).Ticket);
        }

        var (xml, _) = TestInvoice.Make(220.40m);
        foreach (var t in tickets)
        {
            await App.Bus.SayAsync(Verify(t, await StoredAsync(tenant, xml)));
        }

        bool Ours(long id) => tickets.Any(t => t.TicketId == id);
        await TestSupport.Eventually.TrueAsync(() => Task.FromResult(App.Bus.Heard<CfdiRefused>().Count(m => Ours(m.TicketId)) == 3), "three refusals");
        Assert.That(App.Bus.Heard<CfdiAccepted>().Count(m => Ours(m.TicketId)), Is.EqualTo(1));
    }

    [Test]
    public async Task Anybody_may_have_a_CFDI_judged()
    {
        using var http = App.Service.As(App.NewTenant(), Role.viewer);
        var (xml, uuid) = TestInvoice.Make(220.40m);
        using var body = new ByteArrayContent(xml);

        var good = await (await http.PostAsync($"/invoicing/v2/cfdi/validate?receptor_rfc=ure180429tm6&total=220.40&fecha=2026-03-10", body)).JsonAsync();

        Assert.That(((bool)good["valid"]!, (string?)good["uuid"], (string?)good["seal"]!["status"], (string?)good["stamp"]!["status"]), Is.EqualTo((true, uuid, "valid", "valid")));
        using var other = new ByteArrayContent(xml);
        Assert.That((bool)(await (await http.PostAsync("/invoicing/v2/cfdi/validate?total=1", other)).JsonAsync())["valid"]!, Is.False);
        using var bad = new ByteArrayContent(xml);
        Assert.That((int)(await http.PostAsync("/invoicing/v2/cfdi/validate?total=mucho", bad)).StatusCode, Is.EqualTo(422));
        using var unknown = new ByteArrayContent(TestInvoice.Make(10m, pac: TestCertificate.Other).Xml);
        var unverified = await (await http.PostAsync("/invoicing/v2/cfdi/validate", unknown)).JsonAsync();
        Assert.That(((bool)unverified["valid"]!, (string?)unverified["stamp"]!["status"]), Is.EqualTo((true, "unverified")));
        using var garbage = new ByteArrayContent([0, 1, 2]);
        Assert.That((bool)(await (await http.PostAsync("/invoicing/v2/cfdi/validate", garbage)).JsonAsync())["valid"]!, Is.False);
    }

    [Test]
    public async Task Only_the_platform_says_whose_stamps_count()
    {
        using var admin = App.Service.As(App.NewTenant(), Role.admin);
        using var root = App.Service.AsPlatformAdmin();
        using var pem = new StringContent(TestCertificate.Pac.Certificate.ExportCertificatePem());
        using var garbage = new StringContent("no es un certificado");
        using var same = new StringContent(TestCertificate.Pac.Certificate.ExportCertificatePem());

        Assert.That((await admin.PostAsync("/invoicing/v2/admin/pac-certificates", pem)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((int)(await root.PostAsync("/invoicing/v2/admin/pac-certificates", garbage)).StatusCode, Is.EqualTo(422));
        Assert.That((string?)(await (await root.PostAsync("/invoicing/v2/admin/pac-certificates", same)).JsonAsync())["serial"], Is.EqualTo(TestCertificate.Pac.Number));
    }

    [Test]
    public async Task An_RFC_is_judged()
    {
        using var http = App.Service.As(App.NewTenant(), Role.viewer);

        var found = await http.GetJsonAsync("/invoicing/v2/fiscal/rfc/%20eku9003173c9");

        Assert.That(((string?)found["rfc"], (bool)found["format_valid"]!, (string?)found["kind"], (bool)found["check_digit_valid"]!), Is.EqualTo(("EKU9003173C9", true, "moral", true)));
    }
}
