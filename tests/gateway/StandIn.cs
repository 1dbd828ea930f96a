using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Invoicing.Gateway.Tests;

/// <summary>A service that echoes what reached it, or misbehaves on the paths made for that.</summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TaskCompletionSource secondEvent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandIn(string name, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(o => (o.AddServerHeader, o.Limits.MaxRequestBodySize) = (false, null));
        (Name, Url, app) = (name, url, builder.Build());
        app.MapGet("/openapi/{version}.json", (string version) => Results.Json(Document(version)));
        app.Map("/invoicing/v2/jobs/7/stream", StreamAsync);
        app.Map("/invoicing/v2/jobs/8/hangs-up", (HttpContext context) => context.Abort());
        app.Map("/invoicing/v2/billing/silent", async (HttpContext context) => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        app.Map("/invoicing/tickets/99999", () => Results.Json(new { detail = "Ticket 99999 no encontrado", status = 404 }, statusCode: 404, contentType: "application/problem+json"));
        app.MapFallback(EchoAsync);
    }

    public string Name { get; }

    public string Url { get; }

    public ConcurrentQueue<string> Reached { get; } = new();

    /// <summary>What a test wants answered on a path instead of the echo.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Answers { get; } = new();

    public static async Task<StandIn> StartAsync(string name, string url)
    {
        var service = new StandIn(name, url);
        await service.app.StartAsync();
        return service;
    }

    /// <summary>The stream's first event is out; only now comes the second.</summary>
    public void SendSecondEvent() => secondEvent.TrySetResult();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        await context.Response.WriteAsync($"id: 1\ndata: {context.Request.Headers["Last-Event-ID"]}\n\n");
        await context.Response.Body.FlushAsync();
        await secondEvent.Task;
        await context.Response.WriteAsync("id: 2\ndata: second\n\n");
    }

    private async Task EchoAsync(HttpContext context)
    {
        if (Answers.TryGetValue(context.Request.Path, out var answer))
        {
            await answer(context);
            return;
        }

        Reached.Enqueue($"{context.Request.Method} {context.Request.Path}");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = new JsonObject(context.Request.Headers.Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), (JsonNode?)h.Value.ToString())));
        await context.Response.WriteAsJsonAsync(new { service = Name, method = context.Request.Method, path = context.Request.Path.Value, query = context.Request.QueryString.Value, bytes = body.Length, headers });
    }

    /// <summary>Both services call different things "Thing".</summary>
    private JsonObject Document(string version) => new()
    {
        ["openapi"] = "3.1.1",
        ["paths"] = new JsonObject { [$"/invoicing/{(version == "v2" ? "v2/" : "")}{Name}"] = new JsonObject { ["get"] = new JsonObject { ["responses"] = new JsonObject { ["200"] = Answer() } } } },
        ["components"] = new JsonObject { ["schemas"] = new JsonObject { ["Thing"] = new JsonObject { ["type"] = "object", ["title"] = Name } } },
    };

    private static JsonObject Answer() => new()
    {
        ["description"] = "OK",
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Thing" } } },
    };
}
