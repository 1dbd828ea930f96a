using Invoicing.Tenants.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants;

/// <summary>
/// Wraps what a rotation left under older keys, some at a time, whichever process began it and however often one died: what is left to do is
/// read from the rows.
/// </summary>
public sealed class Rewrapping(IServiceScopeFactory scopes, SecretKeys keys, TimeProvider time, ILogger<Rewrapping> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var moved = 0;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                moved = await PassAsync(scope.ServiceProvider.GetRequiredService<TenantsDb>(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("Secrets under older keys stay there for now: {Error}", e is ProblemException refused ? refused.Problem.Detail : e.Message);
            }

            if (moved == 0)
            {
                await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Only a rotation that somebody asked for moves anything: a key that merely lies there does not.</summary>
    private async Task<int> PassAsync(TenantsDb db, CancellationToken ct) =>
        await db.KeyActivations.OrderByDescending(a => a.Id).Select(a => a.KeyId).FirstOrDefaultAsync(ct) is { } active ? await db.RewrapSomeAsync(keys, active, ct) : 0;
}

public static class Rewrap
{
    private const int AtOnce = 100;

    public static async Task<int> CountUnderOtherKeysAsync(this TenantsDb db, string keyId, CancellationToken ct) =>
        await db.PortalCredentials.CountAsync(c => c.Secret.KeyId != keyId, ct) + await db.WebhookSecrets.CountAsync(s => s.Secret.KeyId != keyId, ct)
        + await db.ServiceSecrets.CountAsync(s => s.Secret.KeyId != keyId, ct);

    /// <summary>Each row is moved only if nobody wrote it meanwhile; what was missed is seen again by the next call.</summary>
    public static async Task<int> RewrapSomeAsync(this TenantsDb db, SecretKeys keys, string keyId, CancellationToken ct)
    {
        var moved = 0;
        foreach (var c in await db.PortalCredentials.AsNoTracking().Where(c => c.Secret.KeyId != keyId).Take(AtOnce).ToListAsync(ct))
        {
            var (old, rewrapped) = (c.Secret.WrappedKey, c.Rewrap(keys, keyId));
            moved += await db.PortalCredentials.Where(r => r.CompanyId == c.CompanyId && r.MerchantId == c.MerchantId && r.Secret.WrappedKey == old)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret.KeyId, keyId).SetProperty(r => r.Secret.WrappedKey, rewrapped.WrappedKey), ct);
        }

        foreach (var o in await db.ServiceSecrets.AsNoTracking().Where(s => s.Secret.KeyId != keyId).Take(AtOnce).ToListAsync(ct))
        {
            var (old, rewrapped) = (o.Secret.WrappedKey, o.Rewrap(keys, keyId));
            moved += await db.ServiceSecrets.Where(r => r.CompanyId == o.CompanyId && r.Name == o.Name && r.Secret.WrappedKey == old)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret.KeyId, keyId).SetProperty(r => r.Secret.WrappedKey, rewrapped.WrappedKey), ct);
        }

        foreach (var w in await db.WebhookSecrets.AsNoTracking().Where(w => w.Secret.KeyId != keyId).Take(AtOnce).ToListAsync(ct))
        {
            var (old, rewrapped) = (w.Secret.WrappedKey, w.Rewrap(keys, keyId));
            moved += await db.WebhookSecrets.Where(r => r.Id == w.Id && r.Secret.WrappedKey == old)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret.KeyId, keyId).SetProperty(r => r.Secret.WrappedKey, rewrapped.WrappedKey), ct);
        }

        return moved;
    }
}
