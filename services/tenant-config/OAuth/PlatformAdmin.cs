using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Invoicing.Tenants.OAuth;

/// <summary>
/// The first client of an installation, from <c>Bootstrap:PlatformAdmin:ClientId</c> and <c>:ClientSecret</c>. Without both there is none; a
/// secret changed in the settings is taken over at the next start.
/// </summary>
public sealed class PlatformAdmin(IServiceScopeFactory scopes, IConfiguration configuration, ILogger<PlatformAdmin> log) : IHostedService
{
    public async Task StartAsync(CancellationToken ct)
    {
        var (id, secret) = (configuration["Bootstrap:PlatformAdmin:ClientId"], configuration["Bootstrap:PlatformAdmin:ClientSecret"]);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        try
        {
            await EnsureAsync(clients, id, secret, ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicate())
        {
            log.LogInformation("Another replica made the platform's first client");
        }
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    private static async Task EnsureAsync(IOpenIddictApplicationManager clients, string id, string secret, CancellationToken ct)
    {
        var client = await clients.FindByClientIdAsync(id, ct);
        if (client is null)
        {
            await clients.CreateAsync(OAuthClient.Describe(id, secret, "Platform administrator", null, Role.platform_admin), ct);
        }
        else if (!await clients.ValidateClientSecretAsync(client, secret, ct))
        {
            await clients.UpdateAsync(client, OAuthClient.Describe(id, secret, "Platform administrator", null, Role.platform_admin), ct);
        }
    }
}
