using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace Invoicing.Portals.Tests;

/// <summary>The portals running in this process on free ports, and the control port to set the stage.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _control;
    private readonly Dictionary<string, int> _ports;

    private Town(WebApplication app, Dictionary<string, int> ports)
    {
        _app = app;
        _ports = ports;
        _control = new() { BaseAddress = new($"http://127.0.0.1:{ports["Control"]}") };
    }

    public static async Task<Town> Open(string data)
    {
        var ports = new[] { "Simple", "OxxoTest", "LitroMil", "Control" }.ToDictionary(name => name, _ => FreePort());
        var app = PortalsApp.Build([.. ports.Select(port => $"--Portals:Ports:{port.Key}={port.Value}"), $"--Portals:Data={data}", "--Portals:Seed=2"]);
        await app.StartAsync();
        return new(app, ports);
    }

    public Visitor Visit(string portal) => new(new($"http://127.0.0.1:{_ports[portal]}"));

    public async Task<JsonElement> Sell(string portal, object? fields = null, DateTimeOffset? purchasedAt = null, decimal? total = null) =>
        await Read(await _control.PostAsJsonAsync("/_control/tickets", new { portal, fields, purchased_at = purchasedAt, total }));

    public async Task Break(string portal, string kind, int? times = null, string? value = null, string? step = null, string? ticket = null) =>
        await Read(await _control.PostAsJsonAsync("/_control/faults", new { portal, kind, times, value, step, ticket }));

    public async Task Clock(TimeSpan offset) =>
        await Read(await _control.PostAsJsonAsync("/_control/clock", new { offset_seconds = offset.TotalSeconds }));

    public async Task Reset() => (await _control.PostAsync(new Uri("/_control/reset", UriKind.Relative), null)).EnsureSuccessStatusCode();

    public Task<JsonElement> Post(string path, object body) => Send(path, body);

    public Task<JsonElement> Truth(string path) => _control.GetFromJsonAsync<JsonElement>(path);

    public Task<string> Text(string path) => _control.GetStringAsync(new Uri(path, UriKind.Relative));

    public Task<byte[]> Bytes(string path) => _control.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>The CFDI of a ticket, as ground truth has them.</summary>
    public async Task<IReadOnlyList<JsonElement>> Emissions(JsonElement ticket) =>
        [.. (await Truth($"/_truth/emissions?ticket={ticket.GetProperty("id").GetString()}")).EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<JsonElement> Send(string path, object body) => await Read(await _control.PostAsJsonAsync(path, body));

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
