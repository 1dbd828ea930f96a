using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Invoicing;

/// <summary>
/// Internal tokens: ES256, one minute. Each speaker signs with its own key (<c>Identity:SigningKey</c>, a PEM file) and everybody trusts the
/// public keys in <c>Identity:Keys</c> (a folder of <c>name.pem</c>). Only the gateway's key may speak for users. Signing and verifying cost more
/// than the rest of a small call: one token serves a caller for 20 of its 60 seconds, and is verified once in that time.
/// </summary>
public sealed class InternalTokens(string name, string? signingKey, string keys, TimeProvider time)
{
    public const string Gateway = "gateway";
    private const string Audience = "invoicing-internal";
    private const int MostKept = 10_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Serves = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<Caller, (string Token, DateTimeOffset Until)> issued = new();
    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> verified = new();
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly Lazy<SigningCredentials> signer = new(() => new SigningCredentials(Key(name, signingKey ?? throw new InvalidOperationException("Identity:SigningKey is not set")), SecurityAlgorithms.EcdsaSha256));
    private readonly Dictionary<string, ECDsaSecurityKey> trusted =
        Directory.Exists(keys) ? Directory.GetFiles(keys, "*.pem").ToDictionary(f => Path.GetFileNameWithoutExtension(f)!, f => Key(Path.GetFileNameWithoutExtension(f), f)) : [];

    /// <summary>A token for the next hop: the user's for the gateway, this service's own otherwise.</summary>
    public string Issue(Caller caller)
    {
        var now = time.GetUtcNow();
        if (!issued.TryGetValue(caller, out var kept) || kept.Until <= now)
        {
            kept = (Sign(caller, now.UtcDateTime), now + Serves);
            Keep(issued, caller, kept);
        }

        return kept.Token;
    }

    /// <summary>Null when the token is not one of ours, is old, or claims what its issuer may not.</summary>
    public async ValueTask<Caller?> VerifyAsync(string token)
    {
        var now = time.GetUtcNow();
        if (verified.TryGetValue(token, out var known) && known.Until > now)
        {
            return known.Caller;
        }

        var (caller, validTo) = await JudgeAsync(token);
        if (caller is not null)
        {
            var (served, dead) = (now + Serves, validTo + Skew);
            Keep(verified, token, (caller, served < dead ? served : dead));
        }

        return caller;
    }

    private static void Keep<TKey, TKept>(ConcurrentDictionary<TKey, TKept> kept, TKey key, TKept value) where TKey : notnull
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[key] = value;
    }

    private string Sign(Caller caller, DateTime now)
    {
        var claims = new Dictionary<string, object> { ["sub"] = caller.Subject, ["role"] = caller.Role.ToString(), ["anonymous"] = caller.Anonymous };
        if (caller.CompanyId is not null)
        {
            claims["company_id"] = caller.CompanyId;
        }

        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = name, Audience = Audience, IssuedAt = now, NotBefore = now, Expires = now + Lifetime, Claims = claims, SigningCredentials = signer.Value,
        });
    }

    private async Task<(Caller? Caller, DateTimeOffset ValidTo)> JudgeAsync(string token)
    {
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAudience = Audience,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidateIssuer = false,
            ClockSkew = Skew,
            IssuerSigningKeyResolver = (_, parsed, _, _) => trusted.TryGetValue(parsed.Issuer, out var key) ? [key] : [],
        });
        if (!result.IsValid || !Enum.TryParse<Role>(Claim(result, "role"), out var role))
        {
            return default;
        }

        var mayClaim = (string)result.Issuer == Gateway || role == Role.service;
        var caller = mayClaim ? new Caller(Claim(result, "sub") ?? "", Claim(result, "company_id"), role, Claim(result, "anonymous") is "true" or "True") : null;
        return (caller, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
    }

    private static string? Claim(TokenValidationResult result, string name) => result.Claims.TryGetValue(name, out var value) ? value.ToString() : null;

    private static ECDsaSecurityKey Key(string name, string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new ECDsaSecurityKey(key) { KeyId = name };
    }
}
