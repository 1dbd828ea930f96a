using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Clients.Tests;

/// <summary>One running system for all tests of this project: the clients only read and add.</summary>
[SetUpFixture]
public sealed class Installation
{
    public static LocalSystem System { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => System = await LocalSystem.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await (System?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>A purchase at one of the simulated merchants.</summary>
    public static async Task<JsonElement> SellAsync(string portal)
    {
        using var answer = await System.Portals.PostAsJsonAsync("/_control/tickets", new { portal });
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    public static Task<byte[]> PhotographAsync(JsonElement sold) => System.Portals.GetByteArrayAsync(new Uri(sold.GetProperty("image").GetString()!, UriKind.Relative));
}
