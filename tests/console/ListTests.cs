using System.Net.Http.Json;

namespace Invoicing.WebConsole.Tests;

/// <summary>Lists that the API pages: batches of the company at work, and the companies of the platform.</summary>
public sealed class ListTests
{
    [Test]
    public async Task Batches_are_listed_with_their_state_and_lead_to_their_page()
    {
        var page = await App.NewPageAsync();
        await page.GotoAsync("/console/lotes");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "cierre-noviembre" });
        await Assertions.Expect(row).ToContainTextAsync("3");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Terminados" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Tab, new() { Name = "Todos" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "cierre-noviembre" }).ClickAsync();
        await page.WaitForURLAsync("**/console/lotes/cierre-noviembre");
    }

    [Test]
    public async Task A_platform_administrator_finds_a_company_and_works_for_it()
    {
        var company = $"Zapatos-{Guid.NewGuid():N}"[..16];
        using var made = new HttpRequestMessage(HttpMethod.Put, $"/invoicing/v2/tenants/{company}") { Content = JsonContent.Create(new { max_daily_jobs = 77 }) };
        made.Headers.Authorization = new("Bearer", await App.System.PlatformTokenAsync());
        (await App.System.Gateway.SendAsync(made)).EnsureSuccessStatusCode();
        var page = await App.NewPageAsync();
        await App.SignInAsync(page, App.System.Admin.Id, App.System.Admin.Secret);
        await page.GotoAsync("/console/empresas");
        await page.GetByLabel("Buscar empresa").FillAsync(company.ToLowerInvariant());
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = company })).ToContainTextAsync("77");
        await page.GetByRole(AriaRole.Button, new() { Name = company, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/console/empresa/limites");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Empresa: {company}" })).ToBeVisibleAsync();
    }
}
