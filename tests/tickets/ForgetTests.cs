using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Tickets.Tests;

/// <summary>A company's tickets and files are forgotten whole, over and over and in parts.</summary>
public sealed class ForgetTests
{
    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Test]
    public async Task An_erasure_leaves_no_row_and_no_file_of_the_company_and_all_of_the_others()
    {
        var (company, other) = (App.NewTenant(), App.NewTenant());
        using var mine = App.Service.As(company);
        using var theirs = App.Service.As(other);
        for (var i = 0; i < 3; i++)
        {
            (await mine.SubmitFileAsync(Pixel, "t.png", "image/png")).EnsureSuccessStatusCode();
        }

        var text = await mine.SubmitTextAsync("GASOLINERA folio 77 total 10.00");
        var kept = await theirs.SubmitTextAsync("GASOLINERA folio 78 total 11.00");
        // A file that no row names any more goes too.
        await App.Artefacts.PutAsync(company, "lost.png", "image/png", Pixel, CancellationToken.None);
        Assert.That(App.Artefacts.UsedBy(company), Is.EqualTo(4 * Pixel.Length));
        await Task.Delay(50);
        var now = TimeProvider.System.GetUtcNow();
        var asked = new ForgetData(Guid.NewGuid().ToString(), company, now, true, now);
        var id = Guid.NewGuid();
        await App.Bus.SayAsync(asked, id);
        await App.Bus.SayAsync(asked, id);
        var said = await App.Bus.WaitForAsync<TicketsForgotten>(f => f.ErasureId == asked.ErasureId && !f.More);
        Assert.That((said.Tickets, said.Files), Is.EqualTo((4, 4)));
        Assert.That(App.Artefacts.UsedBy(company), Is.Zero);
        Assert.That((int)(await mine.GetAsync($"/invoicing/tickets/{text}")).StatusCode, Is.EqualTo(404));
        Assert.That((int)(await theirs.GetAsync($"/invoicing/tickets/{kept}")).StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task A_retention_time_leaves_younger_tickets()
    {
        var company = App.NewTenant();
        using var mine = App.Service.As(company);
        var ticket = await mine.SubmitTextAsync("GASOLINERA folio 79 total 12.00");
        var now = TimeProvider.System.GetUtcNow();
        await App.Bus.SayAsync(new ForgetData(null, company, now.AddDays(-30), false, now));
        var said = await App.Bus.WaitForAsync<TicketsForgotten>(f => f.CompanyId == company);
        Assert.That((said.Tickets, said.More), Is.EqualTo((0, false)));
        Assert.That((int)(await mine.GetAsync($"/invoicing/tickets/{ticket}")).StatusCode, Is.EqualTo(200));
    }
}
