using System.Text.Json.Nodes;
using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>http-api.md section 2, tickets: what existing clients go on using.</summary>
public sealed class V1TicketTests
{
    private static readonly byte[] Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Test, Walks("POST /invoicing/tickets")]
    public async Task A_ticket_is_accepted_as_file_or_text()
    {
        string[] keys = ["success", "ticket_id", "id", "job_id", "status", "message", "processing", "estado", "created_at", "updated_at", "company_id"];
        var image = (await App.Admin.PostFileAsync("/invoicing/tickets", Photo, "t.png", "image/png", ("text_content", "the file wins"))).Is(200).Has([.. keys, "estimated_time"]);
        Assert.That((string?)image["status"], Is.EqualTo("image_processing"));
        var text = (await App.Admin.PostFormAsync("/invoicing/tickets", ("text_content", Shapes.Text), ("user_id", "7"))).Is(200).Has(keys);
        Assert.That(((string?)text["status"], (string?)text["company_id"], (long?)text["id"]), Is.EqualTo(("text_processing", App.Company, (long?)text["ticket_id"])));
        Assert.That(text.Json!.AsObject().ContainsKey("estimated_time"), Is.False);
        var nobody = (await App.Anonymous.PostFormAsync("/invoicing/tickets", ("text_content", Shapes.Text))).Is(200);
        Assert.That((string?)nobody["company_id"], Is.EqualTo("default"));
    }

    [Test, Walks("POST /invoicing/tickets")]
    public async Task What_is_no_ticket_is_refused()
    {
        var empty = (await App.Admin.PostFormAsync("/invoicing/tickets")).Is(400);
        Assert.That((string?)empty["detail"], Is.EqualTo("Debe proporcionar un archivo o contenido de texto"));
        (await App.Admin.PostFileAsync("/invoicing/tickets", new byte[15 * 1024 * 1024 + 1], "t.jpg", "image/jpeg")).Is(413);
        (await App.Admin.PostFileAsync("/invoicing/tickets", Shapes.Bytes("MZ\u0090"), "malware.exe", "application/exe")).Is(415);
        (await App.Admin.PostAsync("/invoicing/tickets", new { })).Is(415);
        (await App.Admin.PostFormAsync("/invoicing/tickets", ("text_content", "x"), ("company_id", App.Other))).Is(403, "cross_tenant");
        (await App.Admin.PostFormAsync("/invoicing/tickets", ("text_content", "x"), ("user_id", "siete"))).Is(422);
    }

    [Test, Walks("GET /invoicing/tickets/{id}")]
    public async Task A_ticket_tells_every_field_twice_and_its_jobs()
    {
        var (id, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        var ticket = (await App.Viewer.GetAsync($"/invoicing/tickets/{id}")).Is(200).Has([.. Shapes.Ticket, "success", "ticket", "jobs", "processing_status"]);
        ticket.Has(ticket["ticket"]!, Shapes.Ticket);
        Assert.That(Shapes.Ticket.Where(k => !JsonNode.DeepEquals(ticket[k], ticket["ticket"]![k])), Is.Empty);
        Assert.That((long?)ticket["jobs"]![0]!["id"], Is.EqualTo(job));
        Assert.That((string?)ticket["created_at"], Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"));
        Assert.That((string?)(await App.Viewer.GetAsync("/invoicing/tickets/99999999")).Is(404)["detail"], Is.EqualTo("Ticket 99999999 no encontrado"));
        (await App.OtherAdmin.GetAsync($"/invoicing/tickets/{id}")).Is(404);
    }

    [Test, Walks("GET /invoicing/tickets")]
    public async Task The_list_is_newest_first_and_counts_all_that_match()
    {
        var (_, admin) = await App.NewTenantAsync();
        var ids = new List<long?>();
        foreach (var n in (int[])[1, 2, 3])
        {
            ids.Add((await admin.NewTicketAsync($"{Shapes.Text} {n}", new { auto_process = false })).Ticket);
        }

        var list = (await admin.GetAsync("/invoicing/tickets?limit=2")).Is(200).Has("success", "total", "tickets", "filters");
        Assert.That((int?)list["total"], Is.EqualTo(3));
        Assert.That(list["tickets"]!.AsArray().Select(t => (long?)t!["id"]), Is.EqualTo(ids.AsEnumerable().Reverse().Take(2)));
        list.Has(list["tickets"]![0]!, [.. Shapes.Ticket, "processing"]).Has(list["filters"]!, "company_id", "estado", "limit", "offset");
        Assert.That((await admin.GetAsync("/invoicing/tickets?limit=1&offset=2")).Is(200)["tickets"]!.AsArray().Select(t => (long?)t!["id"]), Is.EqualTo(ids.Take(1)));
        Assert.That((int?)(await admin.GetAsync("/invoicing/tickets?estado=completado")).Is(200)["total"], Is.Zero);
        Assert.That((int?)(await admin.GetAsync("/invoicing/tickets?limit=100000")).Is(200)["filters"]!["limit"], Is.EqualTo(500));
    }

    [Test, Walks("GET /invoicing/tickets/{id}/image", "GET /invoicing/tickets/{id}/ocr-text", "GET /invoicing/tickets/{id}/invoice-status", "GET /invoicing/tickets/{id}/automation-data")]
    public async Task A_ticket_s_parts_are_real_or_empty()
    {
        var id = (long)(await App.Admin.PostFileAsync("/invoicing/tickets", Photo, "t.png", "image/png")).Is(200)["id"]!;
        var image = (await App.Viewer.GetAsync($"/invoicing/tickets/{id}/image")).Is(200);
        Assert.That((image.ContentType, image.Bytes.SequenceEqual(Photo)), Is.EqualTo(("image/png", true)));
        Assert.That((string?)(await App.Viewer.GetAsync($"/invoicing/tickets/{id}")).Is(200)["raw_data"], Is.EqualTo($"/invoicing/tickets/{id}/image"));
        (await App.Viewer.GetAsync($"/invoicing/tickets/{id}/image", ("If-None-Match", image.Header("ETag")!))).Is(304);
        Assert.That((await App.Viewer.GetAsync($"/invoicing/tickets/{id}/image", ("Range", "bytes=0-7"))).Is(206).Bytes, Has.Length.EqualTo(8));
        Assert.That((await App.Viewer.GetAsync($"/invoicing/tickets/{id}/image", ("Range", "bytes=9999999-"))).Is(416, "range_not_satisfiable").Header("Content-Range"), Is.EqualTo($"bytes */{Photo.Length}"));
        var head = (await App.Viewer.SendAsync(HttpMethod.Head, $"/invoicing/tickets/{id}/image", null)).Is(200);
        Assert.That((head.Header("Content-Length"), head.Bytes.Length, head.Header("ETag")), Is.EqualTo(($"{Photo.Length}", 0, image.Header("ETag"))));

        var (typed, _) = await App.Admin.NewTicketAsync();
        (await App.Viewer.GetAsync($"/invoicing/tickets/{typed}/image")).Is(404);
        var text = (await App.Viewer.GetAsync($"/invoicing/tickets/{typed}/ocr-text")).Is(200).Has("success", "ticket_id", "ocr_text", "tipo", "has_extracted_text", "text_length");
        Assert.That((string?)text["ocr_text"], Does.Contain("FOLIO: 778899"));
        var invoice = (await App.Viewer.GetAsync($"/invoicing/tickets/{typed}/invoice-status")).Is(200).Has("success", "invoice_data", "attachments");
        Assert.That(invoice["attachments"]!.AsArray(), Is.Empty);
        (await App.Viewer.GetAsync($"/invoicing/tickets/{typed}/automation-data")).Is(200);
        foreach (var part in (string[])["image", "ocr-text"])
        {
            Assert.That((string?)(await App.Viewer.GetAsync($"/invoicing/tickets/99999999/{part}")).Is(404)["detail"], Is.EqualTo("Ticket no encontrado"));
        }

        foreach (var part in (string[])["image", "ocr-text", "invoice-status", "automation-data"])
        {
            (await App.OtherAdmin.GetAsync($"/invoicing/tickets/{typed}/{part}")).Is(404);
        }
    }

    [Test]
    public async Task A_form_that_says_a_thing_twice_is_refused_and_nothing_of_it_is_lost()
    {
        Assert.That((await App.Operator.PostFormAsync("/invoicing/tickets", ("text_content", "uno"), ("text_content", "dos"))).Is(422)["detail"]![0]!["loc"]!.ToJsonString(), Is.EqualTo("[\"body\",\"text_content\"]"));
        using var two = new MultipartFormDataContent { { new ByteArrayContent(Photo), "file", "a.png" }, { new ByteArrayContent(Photo), "file", "b.png" } };
        Assert.That((string?)(await App.Operator.PostAsync("/invoicing/v2/tickets", two)).Is(422)["errors"]![0]!["code"], Is.EqualTo("duplicate_parameter"));
    }

    [Test, Walks("POST /invoicing/bulk-match")]
    public async Task Many_tickets_at_once_tell_each_one_s_fate()
    {
        var answer = (await App.Operator.PostAsync("/invoicing/bulk-match", new
        {
            tickets = new object[] { new { raw_data = Shapes.Text, tipo = "texto", user_id = 3 }, new { raw_data = "", tipo = "texto" }, new { raw_data = "no es base64", tipo = "imagen" }, new { raw_data = "x", tipo = "nada" }, new { raw_data = "x", user_id = "tres" }, new { raw_data = 5 } },
            auto_process = false,
        })).Is(200).Has("success", "total_tickets", "processed", "errors", "auto_process", "results");
        Assert.That(((int?)answer["total_tickets"], (int?)answer["processed"], (int?)answer["errors"], (bool?)answer["auto_process"]), Is.EqualTo((6, 1, 5, false)));
        answer.Has(answer["results"]![0]!, "index", "success", "ticket_id", "job_id").Has(answer["results"]![1]!, "index", "success", "error");
        Assert.That(answer["results"]!.AsArray().Select(r => (int?)r!["index"]), Is.EqualTo(new int?[] { 0, 1, 2, 3, 4, 5 }));
    }

    [Test, Walks("POST /invoicing/webhooks/whatsapp")]
    public async Task The_same_message_twice_is_the_same_ticket()
    {
        var message = new { message_id = $"wamid.{Guid.NewGuid():N}", from_number = "+525512345678", message_type = "text", content = Shapes.Text };
        var first = (await App.Operator.PostAsync("/invoicing/webhooks/whatsapp", message)).Is(200).Has("success", "message", "ticket_id", "job_id", "whatsapp_message_id");
        var second = (await App.Operator.PostAsync("/invoicing/webhooks/whatsapp", message)).Is(200);
        Assert.That(((long?)second["ticket_id"], (long?)second["job_id"]), Is.EqualTo(((long?)first["ticket_id"], (long?)first["job_id"])));
        (await App.Operator.PostAsync("/invoicing/webhooks/whatsapp", new { message.message_id, message.from_number, message_type = "fax", message.content })).Is(422);
        (await App.Operator.PostAsync("/invoicing/webhooks/whatsapp", new { message_id = "m", message.from_number, message_type = "image", message.content, media_url = "http://169.254.169.254/latest" })).Is(422, "forbidden_address");
    }

    [Test, Walks("POST /invoicing/extract-urls", "POST /invoicing/tickets/{id}/extract-urls", "POST /invoicing/tickets/{id}/reanalyze")]
    public async Task Addresses_are_found_and_a_ticket_is_read_again()
    {
        var found = (await App.Viewer.PostAsync("/invoicing/extract-urls", new { text = "Facture en https://facturacion.inforest.com.mx antes de 72 horas" })).Is(200).Has("success", "urls", "total_found", "best_url");
        Assert.That((string?)found["best_url"]!["url"], Does.Contain("facturacion.inforest.com.mx"));
        (await App.Viewer.PostAsync("/invoicing/extract-urls", new { })).Is(400);
        var (id, _) = await App.Admin.NewTicketAsync();
        Assert.That((long?)(await App.Viewer.PostAsync("/invoicing/extract-urls", new { ticket_id = id })).Is(200)["ticket_id"], Is.EqualTo(id));
        (await App.Viewer.PostAsync($"/invoicing/tickets/{id}/extract-urls")).Is(200);
        (await App.Operator.PostAsync($"/invoicing/tickets/{id}/reanalyze")).Is(200).Has("success", "ticket_id", "analysis_updated");
        (await App.OtherAdmin.PostAsync("/invoicing/extract-urls", new { ticket_id = id })).Is(404);
    }

    [Test, Walks("GET /invoicing/stats")]
    public async Task Numbers_are_counted()
    {
        var (_, admin) = await App.NewTenantAsync();
        await admin.NewTicketAsync(more: new { auto_process = false });
        var stats = (await admin.GetAsync("/invoicing/stats")).Is(200).Has("success", "stats", "total_tickets", "by_status");
        Assert.That(((int?)stats["total_tickets"], (int?)stats["by_status"]!["pendiente"]), Is.EqualTo((1, 1)));
    }

    [Test, Walks("POST /invoicing/tickets/{id}/upload-invoice", "GET /invoicing/attachments/{id}/download", "GET /invoicing/v2/tickets/{id}/invoice.xml", "GET /invoicing/v2/tickets/{id}/invoice.pdf")]
    public async Task A_cfdi_brought_by_hand_is_verified_and_attached()
    {
        var (sold, xml) = await Portal.InvoicedTicketAsync();
        var (id, _) = await App.Admin.NewTicketAsync((string)sold["text"]!);
        await Eventually.TrueAsync(async () => (await App.Admin.GetAsync($"/invoicing/v2/tickets/{id}")).Is(200)["extracted_fields"]!["total"] is not null, "the reading of the ticket", seconds: 60);
        (await App.Viewer.GetAsync($"/invoicing/v2/tickets/{id}/invoice.xml")).Is(404);

        var bad = (await App.Admin.PostFileAsync($"/invoicing/tickets/{id}/upload-invoice", Shapes.Bytes("<no/>"), "f.xml", "application/xml", ("file_type", "xml"))).Is(200);
        Assert.That((bool?)bad["attachment"]!["is_valid"], Is.False);
        var good = (await App.Admin.PostFileAsync($"/invoicing/tickets/{id}/upload-invoice", xml, "f.xml", "application/xml", ("file_type", "xml"))).Is(200).Has("success", "message", "attachment");
        Assert.That((bool?)good["attachment"]!["is_valid"], Is.True, good.Text);
        (await App.Admin.PostFileAsync($"/invoicing/tickets/{id}/upload-invoice", xml, "f.txt", "text/plain", ("file_type", "txt"))).Is(400);

        var file = (await App.Viewer.GetAsync($"/invoicing/attachments/{good["attachment"]!["id"]}/download")).Is(200);
        Assert.That((file.Bytes.SequenceEqual(xml), file.Header("Content-Disposition")), Is.EqualTo((true, file.Header("Content-Disposition"))));
        Assert.That(file.Header("Content-Disposition"), Does.StartWith("attachment; filename="));
        (await App.OtherAdmin.GetAsync($"/invoicing/attachments/{good["attachment"]!["id"]}/download")).Is(404);
        Assert.That((await App.Viewer.GetAsync($"/invoicing/v2/tickets/{id}/invoice.xml")).Is(200).Bytes, Is.EqualTo(xml));
        (await App.Viewer.GetAsync($"/invoicing/v2/tickets/{id}/invoice.pdf")).Is(404);
        Answer ticket = null!;
        await Eventually.TrueAsync(async () => (string?)(ticket = (await App.Viewer.GetAsync($"/invoicing/v2/tickets/{id}")).Is(200))["estado"] == "completado", "the ticket to be complete without a PDF", seconds: 60);
        ticket.Has(ticket["invoice"]!, "uuid", "xml_url", "pdf_url", "emisor_rfc", "receptor_rfc", "total", "fecha", "validation");
        Assert.That((bool?)ticket["invoice"]!["validation"]!["valid"], Is.True);
    }
}
