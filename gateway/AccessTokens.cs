using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ZiggyCreatures.Caching.Fusion;

namespace Invoicing.Gateway;

/// <summary>
/// Judges OAuth access tokens (RFC 9068) by the keys of tenant-config. An unknown key id makes the set be read again, every 5 s at most, so
/// that a rotated key works at once and a made-up one costs nothing. A judgement holds for 10 s: checking a signature costs more than the rest
/// of a request.
/// </summary>
public sealed class AccessTokens(IServiceScopeFactory scopes, IFusionCache cache, IConfiguration configuration, TimeProvider time)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(10);
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = 8 * 1024, MapInboundClaims = false };
    private readonly SemaphoreSlim reading = new(1, 1);
    private IList<SecurityKey> keys = [];
    private DateTimeOffset readAt;

    /// <summary>Null when the token is not a valid one of ours.</summary>
    /// <exception cref="HttpRequestException">The keys are not known yet and tenant-config does not answer.</exception>
    public async ValueTask<Caller?> JudgeAsync(string token, CancellationToken ct) => !handler.CanReadToken(token) ? null : await cache.GetOrSetAsync<Caller?>($"token {TenantConfig.Digest(token)}", async (entry, ct) =>
    {
        var (caller, validTo) = await ValidateAsync(token, ct);
        var left = validTo - time.GetUtcNow();
        entry.Options.SkipMemoryCacheWrite = caller is null || left <= TimeSpan.Zero;
        entry.Options.Duration = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, Holds.Ticks));
        return caller;
    }, token: ct);

    private async Task<(Caller? Caller, DateTimeOffset ValidTo)> ValidateAsync(string token, CancellationToken ct)
    {
        var id = handler.ReadJsonWebToken(token).Kid;
        if (keys.All(k => k.KeyId != id))
        {
            await ReadKeysAsync(ct);
        }

        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
            ValidIssuers = Issuers,
            ValidAudience = configuration["OAuth:Audience"] ?? "invoicing",
            ValidTypes = ["at+jwt", "JWT"],
            ClockSkew = TimeSpan.FromSeconds(30),
        });
        var caller = result.IsValid && Enum.TryParse<Role>(Text(result, "role"), out var role) && role != Role.service
            ? new Caller(Text(result, "sub") ?? "", role == Role.platform_admin ? null : Text(result, "company_id"), role, false) is { } named
                && (named.CompanyId is not null || role == Role.platform_admin) ? named : null
            : null;
        return (caller, caller is null ? default : new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
    }

    private string[] Issuers
    {
        get
        {
            var issuer = (configuration["OAuth:Issuer"] ?? "http://localhost:8080").TrimEnd('/');
            return [issuer, issuer + "/"];
        }
    }

    private async Task ReadKeysAsync(CancellationToken ct)
    {
        await reading.WaitAsync(ct);
        try
        {
            if (time.GetUtcNow() - readAt > Refresh)
            {
                await using var scope = scopes.CreateAsyncScope();
                keys = new JsonWebKeySet(await scope.ServiceProvider.GetRequiredService<TenantConfig>().KeysAsync(ct)).GetSigningKeys();
                readAt = time.GetUtcNow();
            }
        }
        finally
        {
            reading.Release();
        }
    }

    private static string? Text(TokenValidationResult result, string claim) => result.Claims.TryGetValue(claim, out var value) ? value as string : null;
}
