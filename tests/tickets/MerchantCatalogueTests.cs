using System.Text.Json;
using Invoicing.TestSupport;
using Invoicing.Tickets.Db;
using Invoicing.Tickets.Reading;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Invoicing.Tickets.Tests;

public sealed class MerchantCatalogueTests
{
    [Test]
    public async Task The_real_merchants_are_loaded_at_start_and_yield_to_what_operators_say()
    {
        await using var service = await TestService<Ticket>.StartAsync("tickets", "tickets", new() { ["Merchants:Catalogue"] = "true" });
        using var root = service.AsPlatformAdmin();

        var oxxo = (await root.GetJsonAsync("/invoicing/merchants")).AsArray().Single(m => (string)m!["nombre"]! == "OXXO")!;
        Assert.That((string?)oxxo["metadata"]!["portal_url"], Does.StartWith("https://www4.oxxo.com:9443/"));
        Assert.That(((string?)oxxo["metadata"]!["evidence"], (string?)oxxo["metadata"]!["seen"]), Is.EqualTo(("A", "2026-08")));

        var edited = await root.PostOkAsync("/invoicing/merchants", new { nombre = "OXXO", metodo_facturacion = "portal", metadata = new { portal_url = "https://otro.oxxo.com/", aliases = new[] { "OXXO" } } });
        using var http = service.As("acme");
        var id = await http.SubmitTextAsync("OXXO\nFOLIO: 1234567\nFECHA: 02/07/2025\nTOTAL $50.00");
        var ticket = await http.UntilAsync(id, t => t["merchant_id"] is not null);

        Assert.That((long)ticket["merchant_id"]!, Is.EqualTo((long)edited["id"]!));
        await LoadAgainAsync(service);
        Assert.That((await root.GetJsonAsync("/invoicing/merchants")).AsArray().Count(m => (string)m!["nombre"]! == "OXXO"), Is.EqualTo(2));
    }

    [Test]
    public async Task What_nobody_has_touched_follows_a_new_release_and_what_somebody_has_stays()
    {
        await using var service = await TestService<Ticket>.StartAsync("tickets", "tickets", new() { ["Merchants:Catalogue"] = "true" });
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketsDb>();
        await db.Database.ExecuteSqlAsync($"UPDATE merchants SET metadata = metadata || jsonb_build_object('window', jsonb_build_object('days', 3)) WHERE nombre IN ('Walmart', 'Home Depot')");
        await db.Database.ExecuteSqlAsync($"UPDATE merchants SET updated_at = now() + interval '1 second' WHERE nombre = 'Home Depot'");

        await LoadAgainAsync(service);

        var days = await db.Merchants.AsNoTracking().Where(m => m.Nombre == "Walmart" || m.Nombre == "Home Depot").ToDictionaryAsync(m => m.Nombre, m => m.Known().Windows.Single().Days);
        Assert.That((days["Walmart"], days["Home Depot"]), Is.EqualTo((30, 3)));
    }

    [Test]
    public void Every_window_of_the_data_is_understood_whole()
    {
        string[] words = ["hours", "days", "same_month", "days_after_month", "same_year", "wait_minutes", "evidence", "seen"];
        foreach (var entry in KnownMerchants.All.Where(entry => entry.Json.TryGetProperty("window", out _)))
        {
            var told = entry.Json.GetProperty("window");
            JsonElement[] claims = told.ValueKind == JsonValueKind.Array ? [.. told.EnumerateArray()] : [told];
            Assert.That(MerchantMetadata.Read(entry.Json).Windows, Has.Count.EqualTo(claims.Length), entry.Name);
            Assert.That(claims.SelectMany(claim => claim.EnumerateObject().Select(p => p.Name)).Except(words), Is.Empty, entry.Name);
        }
    }

    private static Task LoadAgainAsync(TestService<Ticket> service) => new MerchantCatalogue(
        service.Services.GetRequiredService<IServiceScopeFactory>(), service.Services.GetRequiredService<IConfiguration>(), TimeProvider.System).StartAsync(CancellationToken.None);
}
