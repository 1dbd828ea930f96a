using System.Net.Http.Json;
using System.Text.Json;

namespace Invoicing.WebConsole.Tests;

/// <summary>Where a credential is needed, as in every deployment.</summary>
public sealed class SignInTests
{
    [Test]
    public async Task Without_a_credential_one_is_led_to_sign_in_and_back()
    {
        var page = await App.NewPageAsync(gateway: App.ClosedUrl);
        await page.GotoAsync("/console/intervenciones");
        await page.WaitForURLAsync("**/console/ingresar?volver=*");
        await page.GetByLabel("Llave de API").FillAsync("ak_wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ingresar" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("credencial");

        await page.GetByLabel("Llave de API").FillAsync(await KeyAsync("operator"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ingresar" }).ClickAsync();
        await page.WaitForURLAsync("**/console/intervenciones");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Empresa: default" })).ToBeVisibleAsync();
        var kept = await page.EvaluateAsync<string>("JSON.stringify([localStorage, document.cookie])");
        Assert.That(kept, Does.Not.Contain("ak_"), "a credential lives in this tab alone");
    }

    [Test]
    public async Task Pictures_and_files_come_with_the_credential()
    {
        var page = await App.NewPageAsync(gateway: App.ClosedUrl);
        await page.GotoAsync("/console/ingresar");
        await page.GetByLabel("Llave de API").FillAsync(await KeyAsync("viewer"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ingresar" }).ClickAsync();
        await page.WaitForURLAsync("**/console/tickets");
        await page.GotoAsync($"/console/tickets/{App.Invoiced.GetProperty("id")}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "XML", Exact = true }).ClickAsync());
        Assert.That(await File.ReadAllTextAsync((await download.PathAsync())!), Does.Contain("TimbreFiscalDigital"));
    }

    [Test]
    public async Task What_the_role_may_not_do_says_which_way_to_go()
    {
        var page = await App.NewPageAsync();
        await page.GotoAsync("/console/auditoria");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ingresar con otra credencial" }).ClickAsync();
        await page.WaitForURLAsync("**/console/ingresar?volver=%2Fauditoria");
    }

    private static async Task<string> KeyAsync(string role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invoicing/v2/tenants/default/api-keys") { Content = JsonContent.Create(new { name = $"console-{role}-{Guid.NewGuid():N}", role }) };
        request.Headers.Authorization = new("Bearer", await App.System.PlatformTokenAsync());
        using var answer = await App.System.Gateway.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }
}
