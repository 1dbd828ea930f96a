using System.Net;
using System.Text;

namespace Invoicing.Tickets.Tests;

public sealed class RefusalTests
{
    [Test]
    public async Task An_empty_form_says_what_is_missing()
    {
        using var http = App.Service.As(App.NewTenant());
        using var none = new FormUrlEncodedContent([]);

        foreach (var body in new HttpContent?[] { null, none })
        {
            var refused = await http.PostAsync("/invoicing/tickets", body);
            Assert.That((int)refused.StatusCode, Is.EqualTo(400));
            Assert.That((string?)(await refused.JsonAsync())["detail"], Is.EqualTo("Debe proporcionar un archivo o contenido de texto"));
        }
    }

    private static IEnumerable<TestCaseData> Forbidden()
    {
        yield return new TestCaseData("MZ\x90\0\x03"u8.ToArray(), "foto.jpg", "image/jpeg").SetName("A_Windows_program");
        yield return new TestCaseData(new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1 }, "foto.png", "image/png").SetName("A_Linux_program");
        yield return new TestCaseData(new byte[] { 0x50, 0x4B, 3, 4, 0 }, "foto.jpg", "image/jpeg").SetName("An_archive");
        yield return new TestCaseData(" \n<!-- x --><HTML><script>"u8.ToArray(), "ticket.txt", "text/plain").SetName("A_page");
        yield return new TestCaseData("<?xml version='1.0'?><svg onload='x'/>"u8.ToArray(), "foto.png", "image/png").SetName("A_drawing_with_script");
        yield return new TestCaseData("#!/bin/sh\nrm"u8.ToArray(), "ticket", "text/plain").SetName("A_script");
        yield return new TestCaseData("fake"u8.ToArray(), "malware.exe", "application/exe").SetName("Another_declared_type");
        yield return new TestCaseData(new byte[] { 1, 2, 3, 0, 255 }, "cosa.bin", "application/octet-stream").SetName("Bytes_of_nothing_known");
    }

    [TestCaseSource(nameof(Forbidden))]
    public async Task What_is_no_ticket_is_refused_whatever_it_is_called(byte[] bytes, string name, string type)
    {
        using var http = App.Service.As(App.NewTenant());

        Assert.That((int)(await http.SubmitFileAsync(bytes, name, type)).StatusCode, Is.EqualTo(415));
    }

    [Test]
    public async Task A_file_over_15_MB_is_too_large()
    {
        using var http = App.Service.As(App.NewTenant());

        Assert.That((int)(await http.SubmitFileAsync(new byte[Upload.MaxBytes + 1], "foto.jpg", "image/jpeg")).StatusCode, Is.EqualTo(413));
    }

    [Test]
    public async Task An_image_with_more_pixels_than_memory_is_refused_before_decoding()
    {
        using var http = App.Service.As(App.NewTenant());
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        (png[16], png[17], png[18], png[19]) = (0, 1, 0, 0);
        (png[20], png[21], png[22], png[23]) = (0, 1, 0, 0);
        // The header's check sum covers its size.
        BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Crc(png.AsSpan(12, 17)))).CopyTo(png, 29);

        var refused = await http.SubmitFileAsync(png, "foto.png", "image/png");

        Assert.That((int)refused.StatusCode, Is.EqualTo(422));
        Assert.That((string?)(await refused.JsonAsync())["errors"]![0]!["code"], Is.EqualTo("image_too_large"));
    }

    [Test]
    public async Task A_broken_image_ends_as_a_failed_ticket_that_says_why()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = (long)(await (await http.SubmitFileAsync("fake_image"u8.ToArray(), "test.jpg", "image/jpeg")).JsonAsync())["id"]!;

        var ticket = await http.UntilAsync(id, t => (string?)t["estado"] == "fallido");

        Assert.That((string?)ticket["outcome"], Is.EqualTo("datos_ticket_invalidos"));
        Assert.That((string?)ticket["error_explanation"], Is.Not.Empty);
        var read = await App.Bus.WaitForAsync<Messages.TicketRead>(m => m.TicketId == id);
        Assert.That((read.Readable, read.Fields.Count), Is.EqualTo((false, 0)));
    }

    [TestCase("{", 400, null)]
    [TestCase("""{"raw_data":"","tipo":"texto"}""", 422, "/raw_data")]
    [TestCase("""{"raw_data":"x"}""", 422, "/tipo")]
    [TestCase("""{"raw_data":"x","tipo":"invalid_type"}""", 422, "/tipo")]
    [TestCase("""{"raw_data":"x","tipo":"texto","priority":"invalid"}""", 422, "/priority")]
    [TestCase("""{"raw_data":"x","tipo":"texto","max_retries":11}""", 422, "/max_retries")]
    [TestCase("""{"raw_data":"x","tipo":"texto","max_retries":"3"}""", 422, "/max_retries")]
    [TestCase("""{"raw_data":"x","tipo":"texto","timeout_seconds":29}""", 422, "/timeout_seconds")]
    [TestCase("""{"raw_data":"x","tipo":"texto","alternative_urls":["a","b","c","d","e","f"]}""", 422, "/alternative_urls")]
    [TestCase("""{"raw_data":"x","tipo":"texto","alternative_urls":["http://10.0.0.1/"]}""", 422, "/alternative_urls/0")]
    [TestCase("""{"raw_data":"x","tipo":"texto","notification_webhook":"http://example.com/x"}""", 422, "/notification_webhook")]
    [TestCase("""{"raw_data":"x","tipo":"texto","portal_fields":{"portal_url":"http://169.254.169.254/"}}""", 422, "/portal_fields/portal_url")]
    [TestCase("""{"raw_data":"no es base64 !","tipo":"imagen"}""", 422, "/raw_data")]
    [TestCase("""{"raw_data":"\ud800","tipo":"texto"}""", 422, "/raw_data")]
    [TestCase("""{"raw_data":"x","tipo":"texto","company_id":"otra"}""", 403, null)]
    public async Task A_bad_v2_ticket_is_refused_with_the_field_at_fault(string json, int status, string? pointer)
    {
        using var http = App.Service.As(App.NewTenant());
        using var body = new StringContent(json, Encoding.UTF8, "application/json");

        var refused = await http.PostAsync("/invoicing/v2/tickets", body);

        Assert.That((int)refused.StatusCode, Is.EqualTo(status));
        var problem = await refused.JsonAsync();
        Assert.That(refused.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((string?)problem["errors"]?[0]?["pointer"], Is.EqualTo(pointer));
    }

    [Test]
    public async Task Characters_no_database_holds_do_no_harm()
    {
        using var http = App.Service.As(App.NewTenant());
        using var body = new StringContent("""{"raw_data":"OXXO\u0000 TOTAL: $5.00","tipo":"texto","merchant_hint":"a\u0000b","portal_fields":{"folio":"1\u00002"}}""", Encoding.UTF8, "application/json");

        var answer = await http.PostAsync("/invoicing/v2/tickets", body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var id = (long)(await answer.JsonAsync())["id"]!;
        await App.Bus.WaitForAsync<Messages.TicketRead>(m => m.TicketId == id);
    }

    [Test]
    public async Task A_form_that_is_cut_off_is_a_bad_request()
    {
        using var http = App.Service.As(App.NewTenant());
        using var body = new StringContent("--x\r\nContent-Disposition: form-data; name=\"text_content\"\r\n\r\nhola");
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        Assert.That((int)(await http.PostAsync("/invoicing/tickets", body)).StatusCode, Is.EqualTo(400));
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        Assert.That((int)(await http.PostAsync("/invoicing/tickets", json)).StatusCode, Is.EqualTo(415));
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
