namespace Invoicing.WebConsole.Tests;

/// <summary>Keys of outside services: written, replaced, forgotten, never shown.</summary>
public sealed class OutsideServiceTests
{
    private const string Key = "clave-que-nadie-vuelve-a-ver";

    [Test]
    public async Task A_key_is_kept_and_forgotten_and_never_shown_again()
    {
        var company = $"Llaves-{Guid.NewGuid():N}"[..16];
        var page = await App.NewPageAsync();
        await App.SignInAsync(page, App.System.Admin.Id, App.System.Admin.Secret);
        await App.WorkForAsync(page, company);
        await page.GotoAsync("/console/empresa/servicios");
        var vision = page.GetByRole(AriaRole.Region, new() { Name = "Google Cloud Vision" });
        await Assertions.Expect(vision).ToContainTextAsync("Sin llave");

        await vision.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await page.GetByLabel("Llave").FillAsync(Key);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await Assertions.Expect(vision).ToContainTextAsync("cifrada con la llave");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(Key));

        await vision.GetByRole(AriaRole.Button, new() { Name = "Olvidar" }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Olvidar" }).ClickAsync();
        await Assertions.Expect(vision).ToContainTextAsync("Sin llave");
    }

    [Test]
    public async Task A_mailbox_that_cannot_be_reached_is_refused_in_words()
    {
        var page = await App.NewPageAsync();
        await App.SignInAsync(page, App.System.Admin.Id, App.System.Admin.Secret);
        await App.WorkForAsync(page, "acme");
        await page.GotoAsync("/console/empresa/servicios");
        await page.GetByRole(AriaRole.Region, new() { Name = "Buzón de facturas" }).GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog);
        await form.GetByLabel("Servidor IMAP").FillAsync("10.0.0.7");
        await form.GetByLabel("Usuario").FillAsync("facturas");
        await form.GetByLabel("Contraseña").FillAsync("x");
        await form.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("host no es un servidor de correo");
    }
}
