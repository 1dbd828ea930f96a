using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Invoicing.WebConsole;

/// <summary>
/// The single-page app's one page. Each answer has a nonce of its own in the page and in the Content-Security-Policy: the component library
/// writes its style sheets at run time, and only those with the nonce count. Nothing else is inline, and nothing comes from elsewhere.
/// </summary>
public sealed class AppPage
{
    /// <summary>As vite.config.ts writes it.</summary>
    private const string Placeholder = "__CSP_NONCE__";
    private readonly string html = File.ReadAllText(Path.Combine(Files.Root, "index.html"));

    public static PhysicalFileProvider Files { get; } = new(Path.Combine(AppContext.BaseDirectory, "app"));

    public IResult Answer(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return Results.Content(html.Replace(Placeholder, nonce, StringComparison.Ordinal), "text/html; charset=utf-8");
    }
}

public static class AppRoutes
{
    /// <summary>Every address of the console is the app's page, which has its own router; files carry a hash in their name and never change.</summary>
    public static void MapApp(this WebApplication app)
    {
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = AppPage.Files,
            RequestPath = "/console",
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
        });
        // Only now: the files' middleware stands back from a request that a route has claimed.
        app.UseRouting();
        app.MapGet("/console/assets/{**missing}", () => Problems.ForStatus(404));
        app.MapGet("/console/{**path}", (HttpContext context, AppPage page) => page.Answer(context));
    }
}
