using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Invoicing.SystemTests;
using Invoicing.TestSupport;

namespace Invoicing.WebConsole.Tests;

/// <summary>The whole system with the console before it, a real Chromium, and a few tickets: one invoiced, one that waits for a captcha, a batch.</summary>
[SetUpFixture]
public sealed partial class App
{
    /// <summary>A second gateway over the same services that lets nobody in without a credential, as deployments do.</summary>
    private const string Closed = "gateway-closed";

    /// <summary>Milliseconds; machines that test are busy.</summary>
    private const float Patience = 30_000;
    private static IPlaywright playwright = null!;
    private static IBrowser browser = null!;

    public static LocalSystem System { get; private set; } = null!;

    public static TicketDesk Desk { get; private set; } = null!;

    public static JsonElement Invoiced { get; private set; }

    /// <summary>Where a run leaves its pictures.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(Repository.Root, "TestResults", "console")).FullName;

    public static string ClosedUrl => System[Closed].Url;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        System = await LocalSystem.StartAsync(new SystemPlan
        {
            Services = [.. SystemPlan.Everything, "console", Closed],
            More = (name, settings) => settings["Security__Anonymous"] = name == Closed ? "off" : "operator",
        });
        Desk = new TicketDesk(System);
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium-headless-shell", ChromiumSandbox = false, Args = ["--disable-gpu"] });
        await Desk.SubmitTextAsync(await Desk.SellAsync("oxxo-test"));
        await BatchAsync();
        Invoiced = await Desk.CompletedAsync(await Desk.SubmitTextAsync(await Desk.SellAsync("simple")));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
        await (System?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public static async Task<IPage> NewPageAsync(ColorScheme scheme = ColorScheme.Light, string? gateway = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = gateway ?? System["gateway"].Url, Locale = "es-MX", TimezoneId = "America/Mexico_City", ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true, ViewportSize = new() { Width = 1280, Height = 860 },
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Signs in as a person does.</summary>
    public static async Task SignInAsync(IPage page, string id, string secret)
    {
        await page.GotoAsync("/console/ingresar");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Identificador y secreto" }).ClickAsync();
        await page.GetByLabel("Identificador").FillAsync(id);
        await page.GetByLabel("Secreto").FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ingresar" }).ClickAsync();
        await page.WaitForURLAsync("**/console/tickets");
    }

    /// <summary>Chooses the company at work, as an administrator of the platform does.</summary>
    public static async Task WorkForAsync(IPage page, string company)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = CompanyButton() }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Empresa" }).FillAsync(company);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/console/tickets");
    }

    /// <summary>The open question of a job.</summary>
    public static async Task<JsonElement> QuestionAsync(long job)
    {
        await Desk.StatusAsync(job, "requiere_intervencion");
        return (await System.Gateway.GetFromJsonAsync<JsonElement>($"/invoicing/v2/interventions?status=open&job_id={job}")).EnumerateArray().Single();
    }

    /// <summary>What the captcha of a question says.</summary>
    public static async Task<string> TruthAsync(JsonElement question)
    {
        using var picture = new ByteArrayContent(await System.Gateway.GetByteArrayAsync(question.GetProperty("image_url").GetString()));
        using var told = await System.Portals.PostAsync(new Uri("/_truth/captcha", UriKind.Relative), picture);
        return (await told.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("answer").GetString()!;
    }

    private static async Task BatchAsync()
    {
        var tickets = Enumerable.Range(1, 3).Select(i => new { raw_data = $"ABARROTES LA LUNA\nFolio: A-{i}\nTotal: ${i}25.50", tipo = "texto" });
        using var answer = await System.Gateway.PostAsJsonAsync("/invoicing/v2/bulk", new { batch_id = "cierre-noviembre", tickets });
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("^Empresa:")]
    private static partial Regex CompanyButton();
}
