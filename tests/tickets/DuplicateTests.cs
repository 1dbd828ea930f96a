using Invoicing.Messages;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Invoicing.Tickets.Tests;

/// <summary>Two pictures of one purchase never become two invoices; two purchases are never taken for one.</summary>
public sealed class DuplicateTests
{
    [Test]
    public async Task Another_picture_of_the_same_purchase_leads_to_the_first_ticket()
    {
        using var http = App.Service.As(App.NewTenant());
        var first = await ReadAsync(http, Printed("318534", 14));

        var second = await ReadAsync(http, Printed("318534", 18));

        Assert.That((first.Readable, second.Readable), Is.EqualTo((true, false)));
        Assert.That(second.Reason, Does.Contain($"ticket {first.TicketId},"));
        var ticket = await http.UntilAsync(second.TicketId, t => (string?)t["estado"] == "fallido");
        Assert.That(((string?)ticket["outcome_detail"] ?? (string?)ticket["invoice_failure_reason"]), Does.Contain($"{first.TicketId}"));
        Assert.That((string?)ticket["extracted_fields"]!["folio"], Is.EqualTo("318534"));
    }

    [Test]
    public async Task Of_two_sent_at_once_one_goes_on()
    {
        using var http = App.Service.As(App.NewTenant());

        var read = await Task.WhenAll(ReadAsync(http, Printed("77120", 14)), ReadAsync(http, Printed("77120", 17)));

        Assert.That(read.Count(r => r.Readable), Is.EqualTo(1));
    }

    [Test]
    public async Task The_next_sale_of_the_same_till_is_another_purchase()
    {
        using var http = App.Service.As(App.NewTenant());
        await ReadAsync(http, Printed("318534", 14));

        Assert.That((await ReadAsync(http, Printed("318535", 14))).Readable, Is.True);
    }

    [Test]
    public async Task Another_tenant_has_its_own()
    {
        using var one = App.Service.As(App.NewTenant());
        using var other = App.Service.As(App.NewTenant());
        await ReadAsync(one, Printed("318534", 14));

        Assert.That((await ReadAsync(other, Printed("318534", 14))).Readable, Is.True);
    }

    private static async Task<TicketRead> ReadAsync(HttpClient http, byte[] pdf)
    {
        var answer = await (await http.SubmitFileAsync(pdf, "ticket.pdf", "application/pdf")).EnsureSuccessStatusCode().JsonAsync();
        var id = (long)answer["id"]!;
        return await App.Bus.WaitForAsync<TicketRead>(m => m.TicketId == id);
    }

    private static byte[] Printed(string folio, double leading)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Courier);
        var page = builder.AddPage(PageSize.A4);
        var top = 800d;
        foreach (var line in new[] { "MEJOR FUTURO SA DE CV", "RFC MFU761216I40", $"Folio No: {folio}", "Fecha: 18/08/2025 10:15", "Total $359.00", "Facture en facturacion.inforest.com.mx" })
        {
            page.AddText(line, 10, new PdfPoint(40, top), font);
            top -= leading;
        }

        return builder.Build();
    }
}
