using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>A web site of a test's own on loopback, which notes all that it was asked.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly WebApplication app;

    private Stage(WebApplication app) => this.app = app;

    internal string Address => app.Urls.First();

    internal string Authority => new Uri(Address).Authority;

    /// <summary>Method, path, query and body of each request.</summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    internal static async Task<Stage> OpenAsync(Action<WebApplication> routes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stage = new Stage(app);
        app.Use(async (context, next) =>
        {
            context.Request.EnableBuffering();
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Request.Body.Position = 0;
            stage.Asked.Enqueue($"{context.Request.Method} {context.Request.Path}{Uri.UnescapeDataString(context.Request.QueryString.Value ?? "")} {Uri.UnescapeDataString(body)}");
            await next(context);
        });
        routes(app);
        await app.StartAsync();
        return stage;
    }

    internal static IResult Html(string body) => Results.Text($"<!doctype html><html lang=es><head><meta charset=utf-8><title>Facturación</title></head><body>{body}</body></html>", "text/html; charset=utf-8");

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
