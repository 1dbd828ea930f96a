using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>A client's server, where webhooks arrive.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication server;

    private WebhookReceiver(WebApplication server) => this.server = server;

    public ConcurrentQueue<Message> Heard { get; } = new();

    /// <summary>Status by path.</summary>
    public Func<string, int> Answer { get; set; } = _ => 200;

    public sealed record Message(string Path, string Id, string Timestamp, string[] Signatures, string Body, string ContentType);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver.server.MapPost("/{**path}", receiver.TakeAsync);
        await receiver.server.StartAsync();
        return receiver;
    }

    public string Url(string path) => $"{server.Urls.Single()}/{path}";

    public async Task<Message[]> WaitAsync(int count)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Heard.Count >= count), $"{count} webhooks");
        return [.. Heard];
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Heard.Enqueue(new Message(http.Request.Path, http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString(),
            http.Request.Headers["webhook-signature"].ToString().Split(' '), body, http.Request.ContentType ?? ""));
        http.Response.StatusCode = Answer(http.Request.Path);
        http.Response.Headers.Location = "/elsewhere";
    }
}
