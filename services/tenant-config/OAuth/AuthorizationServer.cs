using System.Security.Cryptography;
using Invoicing.Tenants.Db;
using Microsoft.IdentityModel.Tokens;

namespace Invoicing.Tenants.OAuth;

/// <summary>OAuth 2 client credentials: <c>/connect/token</c>, <c>/.well-known/jwks.json</c> and the discovery document.</summary>
public static class AuthorizationServer
{
    /// <summary>Whoever only verifies signatures believes a revoked key's token for this long; the gateway asks and refuses it within seconds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static WebApplicationBuilder AddAuthorizationServer(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var issuer = (configuration["OAuth:Issuer"] ?? "http://localhost:8080").TrimEnd('/');
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<TenantsDb>())
            .AddServer(server =>
            {
                // The first address is the one told to clients, who come through the gateway; the second is answered here.
                server.SetIssuer(new Uri(issuer)).SetTokenEndpointUris($"{issuer}/connect/token", "connect/token")
                    .SetJsonWebKeySetEndpointUris($"{issuer}/.well-known/jwks.json", ".well-known/jwks.json");
                server.AllowClientCredentialsFlow().SetAccessTokenLifetime(Lifetime).DisableAccessTokenEncryption();
                // Tokens carry everything and are short: nothing to keep, nothing to prune.
                server.DisableTokenStorage();
                server.AddSigningKey(SigningKey(configuration["OAuth:SigningKey"]));
                // Asked for by the library; client credentials never make a token that is encrypted.
                server.AddEphemeralEncryptionKey();
                // TLS ends before the gateway.
                server.UseAspNetCore().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        builder.Services.AddHostedService<PlatformAdmin>();
        return builder;
    }

    /// <summary>EC P-256 or RSA from a PEM file that all replicas share; its thumbprint is the key id.</summary>
    private static AsymmetricSecurityKey SigningKey(string? file)
    {
        var pem = File.ReadAllText(file ?? throw new InvalidOperationException("OAuth:SigningKey is not set"));
        AsymmetricSecurityKey key = pem.Contains("RSA PRIVATE", StringComparison.Ordinal) || !IsEc(pem) ? new RsaSecurityKey(Rsa(pem)) : new ECDsaSecurityKey(Ec(pem));
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static bool IsEc(string pem)
    {
        try
        {
            using var key = Ec(pem);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static ECDsa Ec(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private static RSA Rsa(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }
}
