using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.Tickets.Reading.Tests;
using SkiaSharp;

namespace Invoicing.Tickets.Tests;

/// <summary>One picture sent twice: the same bytes, or sent on and stored anew on the way. No RFC is printed, so that fields alone do not tell.</summary>
public sealed class ResentPictureTests
{
    private const string V2 = "/invoicing/v2/tickets";

    private static readonly byte[] Photograph = Printed("A-318534");

    [Test]
    public async Task The_same_picture_is_answered_with_the_ticket_it_is_already()
    {
        using var http = App.Service.As(App.NewTenant());
        var first = await SendAsync(http, Photograph, V2);

        var second = await SendAsync(http, Photograph, V2);

        Assert.That(((long)second["id"]!, (string?)second["status"], (bool?)second["duplicate"]), Is.EqualTo(((long)first["id"]!, "queued", true)));
        Assert.That(first["duplicate"], Is.Null);
        Assert.That((int)(await http.GetJsonAsync("/invoicing/tickets"))["total"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task A_client_of_v1_gets_a_ticket_of_its_own_that_asks_for_no_second_invoice()
    {
        using var http = App.Service.As(App.NewTenant());
        var first = await ReadAsync(http, Photograph);

        var second = await ReadAsync(http, Photograph);

        Assert.That((first.Readable, second.Readable, second.TicketId), Is.EqualTo((true, false, second.TicketId)));
        Assert.That(second.TicketId, Is.Not.EqualTo(first.TicketId));
        Assert.That(second.Reason, Does.Contain($"ticket {first.TicketId},"));
    }

    [Test]
    public async Task Sent_on_in_another_size_and_format_it_is_recognised()
    {
        using var http = App.Service.As(App.NewTenant());
        var first = await ReadAsync(http, Photograph);

        var second = await ReadAsync(http, Smaller(Photograph));

        Assert.That((second.Readable, second.Reason), Is.EqualTo((false, second.Reason)));
        Assert.That(second.Reason, Does.Contain($"ticket {first.TicketId},"));
    }

    [Test]
    public async Task The_next_ticket_of_the_same_printer_and_amount_is_another_purchase()
    {
        using var http = App.Service.As(App.NewTenant());
        await ReadAsync(http, Photograph);

        Assert.That((await ReadAsync(http, Printed("A-318535"))).Readable, Is.True);
    }

    [Test]
    public async Task What_a_person_says_of_the_second_makes_it_another_purchase()
    {
        using var http = App.Service.As(App.NewTenant());
        var first = await ReadAsync(http, Photograph);

        var second = await SendAsync(http, Photograph, V2, ("portal_fields", """{"folio":"A-999999"}"""));

        var read = await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == (long)second["id"]!);
        Assert.That((read.TicketId == first.TicketId, read.Readable), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_ticket_that_failed_does_not_stand_in_the_way()
    {
        using var http = App.Service.As(App.NewTenant());
        var first = (long)(await SendAsync(http, "fake_image"u8.ToArray(), V2))["id"]!;
        await http.UntilAsync(first, t => (string?)t["estado"] == "fallido");

        Assert.That((long)(await SendAsync(http, "fake_image"u8.ToArray(), V2))["id"]!, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Another_tenants_picture_is_its_own()
    {
        using var one = App.Service.As(App.NewTenant());
        using var other = App.Service.As(App.NewTenant());
        var first = await SendAsync(one, Photograph, V2);

        Assert.That((long)(await SendAsync(other, Photograph, V2))["id"]!, Is.Not.EqualTo((long)first["id"]!));
    }

    private static byte[] Printed(string folio) => Paper.Print(
        $"TIENDA LA ESPIGA\nSUCURSAL CENTRO\n\nFOLIO: {folio}\nFECHA: 18/08/2025 10:15\n\nPAN BLANCO GRANDE      259.00\nLECHE ENTERA 1 LT      100.00\n\nTOTAL: $359.00\n\nGRACIAS POR SU COMPRA\nFACTURE EN WWW.LAESPIGA.MX", tilt: 2);

    private static byte[] Smaller(byte[] picture)
    {
        using var whole = SKBitmap.Decode(picture);
        using var small = whole.Resize(new SKImageInfo(whole.Width * 4 / 5, whole.Height * 4 / 5), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var data = small.Encode(SKEncodedImageFormat.Webp, 60);
        return data.ToArray();
    }

    private static async Task<JsonNode> SendAsync(HttpClient http, byte[] picture, string path, params (string, string)[] fields) =>
        await (await http.SubmitFileAsync(picture, "foto.jpg", "image/jpeg", path, fields)).EnsureSuccessStatusCode().JsonAsync();

    private static async Task<TicketRead> ReadAsync(HttpClient http, byte[] picture)
    {
        var id = (long)(await SendAsync(http, picture, "/invoicing/tickets"))["id"]!;
        return await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
    }
}
