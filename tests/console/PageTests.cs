using Deque.AxeCore.Playwright;

namespace Invoicing.WebConsole.Tests;

/// <summary>
/// Every page in dark and the five most used in light, wide and narrow: it loads, axe finds nothing serious, and its picture is kept for people to look
/// at. The other nineteen are not looked at in light, to keep the run short.
/// </summary>
public sealed class PageTests
{
    private static readonly string[] Grave = ["serious", "critical"];
    private static readonly string[] InLight = ["tickets", "agregar", "ticket", "intervenciones", "uso"];
    private readonly List<string> complaints = [];
    private readonly Dictionary<ColorScheme, IPage> pages = [];

    private static readonly (string Name, Func<Task<string>> Path)[] Pages =
    [
        ("tickets", Fixed("tickets")),
        ("agregar", Fixed("tickets/nuevos")),
        ("ticket", () => Task.FromResult($"tickets/{App.Invoiced.GetProperty("id")}")),
        ("trabajos", Fixed("trabajos")),
        ("trabajo", () => Task.FromResult($"trabajos/{App.Invoiced.GetProperty("automation_job_id")}")),
        ("intervenciones", Fixed("intervenciones")),
        ("lotes", Fixed("lotes")),
        ("lote", Fixed("lotes/cierre-noviembre")),
        ("uso", Fixed("uso")),
        ("comercios", Fixed("comercios")),
        ("comercio", () => Task.FromResult($"comercios/{App.Invoiced.GetProperty("merchant_id")}")),
        ("fiscales", Fixed("empresa/fiscales")),
        ("limites", Fixed("empresa/limites")),
        ("funciones", Fixed("empresa/funciones")),
        ("llaves", Fixed("empresa/llaves")),
        ("servicios", Fixed("empresa/servicios")),
        ("avisos", Fixed("empresa/avisos")),
        ("empresas", Fixed("empresas")),
        ("plataforma", Fixed("plataforma")),
        ("portales", Fixed("portales")),
        ("mensajes", Fixed("mensajes")),
        ("auditoria", Fixed("auditoria")),
        ("ingresar", Fixed("ingresar")),
        ("inexistente", Fixed("no-existe")),
    ];

    private static IEnumerable<object[]> Cases => [.. Pages.Select(p => new object[] { p.Name, ColorScheme.Dark }), .. InLight.Select(name => new object[] { name, ColorScheme.Light })];

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            pages[scheme] = await OpenAsync(scheme);
        }
    }

    private async Task<IPage> OpenAsync(ColorScheme scheme)
    {
        var page = await App.NewPageAsync(scheme);
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("status of 404", StringComparison.Ordinal)) { complaints.Add(message.Text); } };
        page.PageError += (_, error) => complaints.Add(error);
        await App.SignInAsync(page, App.System.Admin.Id, App.System.Admin.Secret);
        await App.WorkForAsync(page, "default");
        return page;
    }

    [TestCaseSource(nameof(Cases))]
    public async Task A_page_can_be_used_by_everybody(string name, ColorScheme scheme)
    {
        var page = pages[scheme];
        complaints.Clear();
        await page.GotoAsync("/console/" + await Pages.Single(p => p.Name == name).Path());
        await LoadedAsync(page);
        await PictureAsync(page, $"{name}-{scheme}".ToLowerInvariant());
        var findings = await page.RunAxe();
        await page.SetViewportSizeAsync(390, 844);
        await PictureAsync(page, $"{name}-{scheme}-phone".ToLowerInvariant());
        var sideways = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");
        await page.SetViewportSizeAsync(1280, 860);

        Assert.Multiple(() =>
        {
            Assert.That(findings.Violations.Where(v => Grave.Contains(v.Impact)).Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"), Is.Empty);
            Assert.That(sideways, Is.False, "a phone need not scroll sideways");
            Assert.That(complaints, Is.Empty, "the browser's own complaints, the content policy's among them");
        });
    }

    private static async Task LoadedAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.WaitForAsync();
        await Assertions.Expect(page.Locator("[aria-label=Cargando], .MuiSkeleton-root, .MuiDataGrid-overlay--skeleton")).ToHaveCountAsync(0);
        await page.EvaluateAsync("document.fonts.ready");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        var file = Path.Combine(App.Pictures, name + ".png");
        await page.ScreenshotAsync(new() { Path = file, FullPage = true });
        TestContext.AddTestAttachment(file);
    }

    private static Func<Task<string>> Fixed(string path) => () => Task.FromResult(path);
}
