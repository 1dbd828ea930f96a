using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using Invoicing.Fiscal.Tests;
using Invoicing.Messages;
using MimeKit;

namespace Invoicing.Tickets.Tests;

public sealed class InvoiceByHandTests
{
    private static async Task<(HttpClient Http, long Id)> TicketAsync(string total, bool receptor = true, bool autoProcess = true)
    {
        var tenant = App.NewTenant();
        if (receptor)
        {
            App.Neighbours.HasReceptor(tenant, TestInvoice.Receptor);
        }

        var http = App.Service.As(tenant);
        return (http, await SubmitAsync(http, total, autoProcess));
    }

    private static async Task<long> SubmitAsync(HttpClient http, string total, bool autoProcess = true)
    {
        var ticket = await http.PostOkAsync("/invoicing/v2/tickets", new { raw_data = $"FOLIO: 5\nFECHA: 10/03/2026\nTOTAL: ${total}", tipo = "texto", auto_process = autoProcess });
        var id = (long)ticket["id"]!;
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
        return id;
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient http, long id, byte[] bytes, string type) =>
        http.SubmitFileAsync(bytes, $"f.{type}", "application/octet-stream", $"/invoicing/tickets/{id}/upload-invoice", ("file_type", type));

    private static async Task<System.Text.Json.Nodes.JsonNode> MailAsync(HttpClient http, params (string Name, byte[] Bytes)[] files)
    {
        var body = new BodyBuilder { TextBody = "Adjuntamos su factura" };
        foreach (var (name, bytes) in files)
        {
            body.Attachments.Add(name, bytes);
        }

        return await SendAsync(http, body);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> SendAsync(HttpClient http, BodyBuilder body)
    {
        using var message = new MimeMessage([new MailboxAddress("", "a@tienda.mx")], [new MailboxAddress("", "b@empresa.mx")], "Su factura", body.ToMessageBody());
        using var raw = new MemoryStream();
        await message.WriteToAsync(raw);
        using var content = new ByteArrayContent(raw.ToArray());
        content.Headers.ContentType = new("message/rfc822");
        return await (await http.PostAsync("/invoicing/v2/inbox", content)).EnsureSuccessStatusCode().JsonAsync();
    }

    [Test]
    public async Task An_invoice_brought_by_hand_completes_a_ticket_without_a_job()
    {
        var (http, id) = await TicketAsync("220.40", autoProcess: false);
        var (xml, uuid) = TestInvoice.Make(220.40m);

        var answer = await (await UploadAsync(http, id, xml, "xml")).JsonAsync();
        await UploadAsync(http, id, "%PDF-1.4"u8.ToArray(), "pdf");

        Assert.That((bool)answer["attachment"]!["is_valid"]!, Is.True);
        var ticket = await http.GetJsonAsync($"/invoicing/v2/tickets/{id}");
        Assert.That(((string?)ticket["estado"], (string?)ticket["outcome"], (string?)ticket["invoice"]!["uuid"]), Is.EqualTo(("completado", "entregada", uuid)));
        Assert.That(await http.GetByteArrayAsync((string)ticket["invoice"]!["pdf_url"]!), Is.EqualTo("%PDF-1.4"u8.ToArray()));
        Assert.That((await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == id)).JobId, Is.Null);
        var download = await http.GetAsync($"/invoicing/attachments/{answer["attachment"]!["id"]}/download");
        Assert.That(download.Content.Headers.ContentDisposition!.FileName, Is.EqualTo($"ticket_{id}_xml.xml"));
        using var stranger = App.Service.As(App.NewTenant());
        Assert.That((int)(await stranger.GetAsync($"/invoicing/attachments/{answer["attachment"]!["id"]}/download")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_bad_one_is_kept_as_invalid_and_says_why()
    {
        var (http, id) = await TicketAsync("220.40");

        var answer = await (await UploadAsync(http, id, TestInvoice.Make(1m).Xml, "xml")).JsonAsync();

        Assert.That(((bool)answer["attachment"]!["is_valid"]!, (string?)answer["message"]), Is.EqualTo((false, "El total no es el esperado.")));
        Assert.That((bool)(await (await UploadAsync(http, id, "hola"u8.ToArray(), "pdf")).JsonAsync())["attachment"]!["is_valid"]!, Is.False);
        Assert.That((int)(await UploadAsync(http, id, "x"u8.ToArray(), "doc")).StatusCode, Is.EqualTo(400));
        Assert.That((int)(await UploadAsync(http, id, [], "xml")).StatusCode, Is.EqualTo(400));
        Assert.That((int)(await UploadAsync(http, 99999999, "x"u8.ToArray(), "xml")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Without_a_fiscal_profile_nobody_knows_whose_invoice_it_should_be()
    {
        var (http, id) = await TicketAsync("220.40", receptor: false);

        var answer = await (await UploadAsync(http, id, TestInvoice.Make(220.40m).Xml, "xml")).JsonAsync();

        Assert.That((bool)answer["attachment"]!["is_valid"]!, Is.False);
        Assert.That((string?)answer["message"], Does.Contain("perfil fiscal"));
    }

    [Test]
    public async Task A_mailed_invoice_finds_its_ticket_in_attachments_and_archives()
    {
        var (http, id) = await TicketAsync("331.20");
        var second = await SubmitAsync(http, "88.80");
        var ((xml, uuid), (zipped, other)) = (TestInvoice.Make(331.20m), TestInvoice.Make(88.80m));
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("factura.xml").Open();
            entry.Write(zipped);
        }

        var answer = await MailAsync(http, ("a.xml", xml), ("a.pdf", "%PDF-1.4"u8.ToArray()), ("b.zip", archive.ToArray()));

        Assert.That((int)answer["received"]!, Is.EqualTo(2));
        Assert.That(answer["matched"]!.AsArray().Select(m => ((string)m!["uuid"]!, (long)m["ticket_id"]!)), Is.EqualTo(new[] { (uuid, id), (other, second) }));
        var accepted = await App.Bus.WaitForAsync<CfdiAccepted>(m => m.TicketId == id);
        Assert.That((accepted.JobId, accepted.PdfKey), Is.EqualTo(((await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == id)).JobId, accepted.PdfKey!)));
    }

    [Test]
    public async Task Mail_that_fits_nothing_or_several_or_nobody_vouches_for_changes_nothing()
    {
        var (http, _) = await TicketAsync("55.50");
        await SubmitAsync(http, "55.50");

        Assert.That(Code(await MailAsync(http, ("a.xml", TestInvoice.Make(1m).Xml))), Is.EqualTo("sin_ticket"));
        Assert.That(Code(await MailAsync(http, ("a.xml", TestInvoice.Make(55.50m).Xml))), Is.EqualTo("varios_tickets"));
        Assert.That(Code(await MailAsync(http, ("a.xml", TestInvoice.Make(55.50m, pac: TestCertificate.Other).Xml))), Is.EqualTo("timbre_no_verificado"));
        Assert.That(Code(await MailAsync(http, ("a.xml", TestInvoice.Make(55.50m, "EKU9003173C9").Xml))), Is.EqualTo("receptor_rfc"));
        Assert.That((int)(await MailAsync(http, ("foto.png", [1, 2, 3])))["received"]!, Is.Zero);
    }

    [Test]
    public async Task A_mail_with_links_brings_the_invoice_behind_them_and_tells_of_the_dead_ones()
    {
        var (http, id) = await TicketAsync("812.30");
        var (xml, uuid) = TestInvoice.Make(812.30m);
        var at = App.Neighbours.Serves(xml, "application/xml");

        var answer = await LinksAsync(http, $"<a href=\"{at}\">Descargar XML</a> <a href=\"{at}x\">Descargar PDF</a> <a href=\"{at}\">Ver ofertas</a>");
        var late = await LinksAsync(http, "<a href=\"http://10.0.0.7/factura.xml\">Descargar factura</a>");

        Assert.That(answer["matched"]!.AsArray().Select(m => ((string)m!["uuid"]!, (long)m["ticket_id"]!)), Is.EqualTo(new[] { (uuid, id) }));
        Assert.That(Code(answer), Is.EqualTo("enlace_vencido"));
        Assert.That(Code(late), Is.EqualTo("forbidden_address"));
    }

    [Test]
    public async Task An_archive_inside_an_archive_is_opened()
    {
        var (http, id) = await TicketAsync("913.40");
        var inner = Zip("a.xml", TestInvoice.Make(913.40m).Xml);

        var answer = await MailAsync(http, ("factura.zip", Zip("cfdi.zip", inner)));

        Assert.That((long)answer["matched"]![0]!["ticket_id"]!, Is.EqualTo(id));
    }

    private static byte[] Zip(string name, byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(buffer, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return buffer.ToArray();
    }

    private static Task<System.Text.Json.Nodes.JsonNode> LinksAsync(HttpClient http, string html) => SendAsync(http, new BodyBuilder { HtmlBody = html });

    private static string? Code(System.Text.Json.Nodes.JsonNode answer) => (string?)answer["unmatched"]![0]!["code"];

    [Test]
    public async Task A_WhatsApp_message_is_one_ticket_however_often_it_comes()
    {
        using var http = App.Service.As(App.NewTenant());
        var message = new { message_id = $"wa_{Guid.NewGuid():N}", from_number = "521", message_type = "text", content = "OXXO TOTAL: $10.00" };

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => http.PostOkAsync("/invoicing/webhooks/whatsapp", message)));

        Assert.That(all.Select(a => (long)a["ticket_id"]!).Distinct().Count(), Is.EqualTo(1));
        var ticket = await http.GetJsonAsync($"/invoicing/tickets/{all[0]["ticket_id"]}");
        Assert.That((string?)ticket["whatsapp_message_id"], Is.EqualTo(message.message_id));
        // Row and message are one commit: the attempts that lost said nothing.
        await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == (long)ticket["id"]!);
        Assert.That(App.Bus.Heard<TicketSubmitted>().Count(m => m.CompanyId == (string)ticket["company_id"]!), Is.EqualTo(1));
    }

    [Test]
    public async Task Its_picture_is_fetched_within_the_walls()
    {
        using var http = App.Service.As(App.NewTenant());
        async Task<HttpResponseMessage> Say(string url) => await http.PostAsJsonAsync(
            "/invoicing/webhooks/whatsapp", new { message_id = Guid.NewGuid().ToString(), from_number = "521", message_type = "image", content = "", media_url = url });

        var good = await (await Say(App.Neighbours.Serves("GIF89a..."u8.ToArray(), "image/gif"))).JsonAsync();

        Assert.That((string?)(await http.GetJsonAsync($"/invoicing/tickets/{good["ticket_id"]}"))["tipo"], Is.EqualTo("imagen"));
        Assert.That((int)(await Say("http://192.168.1.1/x")).StatusCode, Is.EqualTo(422));
        Assert.That((int)(await Say(App.Neighbours.Address + "/media/nada")).StatusCode, Is.EqualTo(502));
        Assert.That((int)(await Say(App.Neighbours.Serves("MZ..."u8.ToArray(), "image/png"))).StatusCode, Is.EqualTo(415));
    }

    [Test]
    public async Task Many_at_once_and_the_bad_ones_are_told()
    {
        using var http = App.Service.As(App.NewTenant());

        var answer = await http.PostOkAsync("/invoicing/bulk-match", new { tickets = new object[] { new { raw_data = "uno", tipo = "texto" }, new { tipo = "texto" }, new { raw_data = "x", tipo = "raro" } } });

        Assert.That(((int)answer["processed"]!, (int)answer["errors"]!, (string?)answer["results"]![1]!["error"]), Is.EqualTo((1, 2, "raw_data es requerido")));
        Assert.That((int)(await http.GetJsonAsync("/invoicing/tickets"))["total"]!, Is.EqualTo(1));
        Assert.That((int)(await http.PostOkAsync("/invoicing/bulk-match", new { tickets = Array.Empty<object>() }))["total_tickets"]!, Is.Zero);
        using var none = new StringContent("{}", Encoding.UTF8, "application/json");
        Assert.That((int)(await http.PostAsync("/invoicing/bulk-match", none)).StatusCode, Is.EqualTo(422));
    }
}
