namespace Invoicing.Gateway;

/// <summary>
/// Addresses that clients of the replaced system know (http-api.md section 8.6): pages that lead on, and routes that are gone on purpose
/// and say what to use instead.
/// </summary>
public static class OldPages
{
    private const string Home = "/static/index.html";

    private static readonly (string Page, string Now)[] Moved =
    [
        ("/invoicing/simple", "/console/tickets/nuevos"),
        ("/invoicing/dashboard", "/console/tickets"),
        ("/invoicing/automation-viewer", "/console/trabajos"),
    ];

    private static readonly (string Route, string Instead)[] Gone =
    [
        ("/invoicing/tickets/{id}/navigate-urls", "POST /invoicing/tickets/{id}/process-robust"),
        ("/invoicing/tickets/{id}/validate-consistency", "GET /invoicing/v2/tickets/{id}"),
        ("/invoicing/tickets/{id}/create-expense", "GET /invoicing/v2/tickets/{id}"),
        ("/invoicing/screenshots/{file}", "GET /invoicing/v2/jobs/{id}/artifacts"),
        ("/invoicing/maintenance/{**rest}", "GET /invoicing/v2/admin/overview"),
        ("/invoicing/test-intelligent-agent/{id}", "POST /invoicing/v2/jobs"),
        ("/invoicing/test-state-machine/{id}", "POST /invoicing/v2/jobs"),
        ("/invoicing/dev/seed-merchants", "POST /invoicing/merchants"),
        ("/invoicing/url-extraction/health", "GET /invoicing/v2/health"),
        ("/invoicing/v2/tickets/process", "POST /invoicing/v2/jobs"),
        ("/invoicing/v2/tickets/batch-process", "POST /invoicing/v2/bulk"),
        ("/invoicing/v2/tickets/{id}/status", "GET /invoicing/v2/tickets/{id}"),
        ("/invoicing/v2/system/{**rest}", "GET /invoicing/v2/health"),
        ("/invoicing/v2/queue/metrics", "GET /invoicing/v2/metrics"),
        ("/invoicing/v2/workers/start", "GET /invoicing/v2/admin/overview"),
    ];

    public static void MapOldPages(this WebApplication app)
    {
        app.UseStaticFiles();
        app.MapGet("/", () => Results.Redirect(Home, permanent: false, preserveMethod: true)).ShortCircuit();
        foreach (var (page, now) in Moved)
        {
            app.MapGet(page, () => Results.Redirect(now)).ShortCircuit();
        }

        foreach (var (route, instead) in Gone)
        {
            app.Map(route, () => new Problem(410, "gone", $"Esta operación ya no existe. Use {instead}.")).AllowAnonymous();
        }
    }
}
