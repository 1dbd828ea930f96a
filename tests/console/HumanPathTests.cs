using System.Text.RegularExpressions;

namespace Invoicing.WebConsole.Tests;

/// <summary>What an accountant does from a photograph to the invoice on her disk.</summary>
public sealed partial class HumanPathTests
{
    [Test]
    public async Task A_photograph_is_dropped_its_captcha_answered_and_the_cfdi_downloaded()
    {
        var sold = await App.Desk.SellAsync("oxxo-test");
        var photograph = await App.System.Portals.GetByteArrayAsync(sold.GetProperty("image").GetString());
        var page = await App.NewPageAsync();
        await page.GotoAsync("/console/tickets/nuevos");
        await page.GetByLabel("Elegir archivos").SetInputFilesAsync(new FilePayload { Name = "oxxo.jpg", MimeType = "image/jpeg", Buffer = photograph });
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Ticket() }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Atender", Exact = true }).ClickAsync(new() { Timeout = 120_000 });
        await page.WaitForURLAsync(Question());
        var job = long.Parse(Digits().Match(await page.GetByRole(AriaRole.Link, new() { NameRegex = Job() }).InnerTextAsync()).Value, System.Globalization.CultureInfo.InvariantCulture);
        await page.GetByAltText("Imagen del captcha").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(App.Pictures, "captcha.png"), FullPage = true });
        await page.GetByLabel("Texto de la imagen").FillAsync(await App.TruthAsync(await App.QuestionAsync(job)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Enviar respuesta" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Factura entregada")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(App.Pictures, "entregada.png"), FullPage = true });
        await page.GetByRole(AriaRole.Link, new() { Name = await page.Locator("dd a[href*='/tickets/']").InnerTextAsync(), Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "XML", Exact = true }).ClickAsync());
        var xml = await File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.That(xml, Does.Contain("TimbreFiscalDigital").And.Contain($"Total=\"{sold.GetProperty("total").GetDecimal():0.00}\""));
        Assert.That(download.SuggestedFilename, Does.Match("^[0-9a-fA-F-]{36}\\.xml$"));
        Assert.That(await App.Desk.EmissionsAsync(sold), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_file_that_is_no_ticket_is_refused_in_the_api_s_words_and_the_others_go_on()
    {
        var page = await App.NewPageAsync();
        await page.GotoAsync("/console/tickets/nuevos");
        await page.GetByLabel("Elegir archivos").SetInputFilesAsync(
        [
            new FilePayload { Name = "programa.jpg", MimeType = "image/jpeg", Buffer = "MZ this is a program"u8.ToArray() },
            new FilePayload { Name = "nota.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n%%EOF"u8.ToArray() },
        ]);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = Ticket() })).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_wrong_field_is_corrected()
    {
        var page = await App.NewPageAsync();
        var sold = await App.Desk.SubmitTextAsync(await App.Desk.SellAsync("oxxo-test"));
        var ticket = (await App.QuestionAsync(sold)).GetProperty("ticket_id").GetInt64();
        await page.GotoAsync($"/console/tickets/{ticket}");
        await page.GetByLabel("Total", new() { Exact = true }).FillAsync("no es un importe");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await Assertions.Expect(page.GetByText("debe ser un importe")).ToBeVisibleAsync();
        await page.GetByLabel("Total", new() { Exact = true }).FillAsync("321.50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Datos corregidos.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Total", new() { Exact = true })).ToHaveValueAsync("321.50");
    }

    [Test]
    public async Task A_person_takes_over_the_portal_s_page()
    {
        var job = await App.Desk.SubmitTextAsync(await App.Desk.SellAsync("oxxo-test"));
        var page = await App.NewPageAsync();
        await page.GotoAsync($"/console/intervenciones/{(await App.QuestionAsync(job)).GetProperty("id").GetString()}");
        var live = page.GetByAltText("Página del portal en vivo");
        await live.WaitForAsync();
        var clicked = await InputAsync(page, () => live.ClickAsync(new() { Position = new() { X = 20, Y = 200 } }));
        Assert.That(clicked, Does.Contain("\"performed\":true"));
        await page.GetByLabel("Escribir en el campo activo").FillAsync("hola");
        Assert.That(await InputAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Escribir", Exact = true }).ClickAsync()), Does.Contain("\"performed\":true"));
        Assert.That(await InputAsync(page, () => page.GetByRole(AriaRole.Button, new() { Name = "Siguiente campo" }).ClickAsync()), Does.Contain("\"performed\":true"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(App.Pictures, "en-vivo.png"), FullPage = true });

        await page.GetByRole(AriaRole.Button, new() { Name = "Rechazar" }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Rechazar" }).ClickAsync();
        await page.WaitForURLAsync($"**/console/trabajos/{job}");
    }

    [Test]
    public async Task A_constancia_fills_the_fiscal_profile_and_saves_nothing_by_itself()
    {
        var page = await App.NewPageAsync();
        await page.SetContentAsync("<p>CÉDULA DE IDENTIFICACIÓN FISCAL<p>CONSTANCIA DE SITUACIÓN FISCAL<p>RFC: EKU9003173C9<p>Denominación/Razón Social: ESCUELA KEMPER URGATE"
            + "<p>Régimen Capital: SOCIEDAD ANONIMA DE CAPITAL VARIABLE<p>Estatus en el padrón: SUSPENDIDO<p>Código Postal: 06600<p>Regímenes:<p>Régimen General de Ley Personas Morales 31/03/1990");
        var constancia = await page.PdfAsync();
        await page.GotoAsync("/console/empresa/fiscales");
        await page.GetByRole(AriaRole.Button, new() { Name = "Agregar datos fiscales" }).ClickAsync();
        await page.GetByLabel("Constancia de Situación Fiscal").SetInputFilesAsync(new FilePayload { Name = "constancia.pdf", MimeType = "application/pdf", Buffer = constancia });
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "RFC" })).ToHaveValueAsync("EKU9003173C9");
        await Assertions.Expect(page.GetByLabel("Nombre o razón social")).ToHaveValueAsync("ESCUELA KEMPER URGATE");
        await Assertions.Expect(page.GetByLabel("Código postal")).ToHaveValueAsync("06600");
        await Assertions.Expect(page.GetByText("El estatus en el padrón es SUSPENDIDO")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(App.Pictures, "constancia.png"), FullPage = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Volver" }).ClickAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await Assertions.Expect(page.GetByText("06600")).ToHaveCountAsync(0);
    }

    private static async Task<string> InputAsync(IPage page, Func<Task> act)
    {
        var answer = await page.RunAndWaitForResponseAsync(act, response => response.Url.Contains("/live/input", StringComparison.Ordinal));
        return await answer.TextAsync();
    }

    [GeneratedRegex(@"^Ticket \d+$")]
    private static partial Regex Ticket();

    [GeneratedRegex(@"^trabajo \d+$")]
    private static partial Regex Job();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"/console/intervenciones/[^?]+$")]
    private static partial Regex Question();
}
