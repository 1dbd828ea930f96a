using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Invoicing.Tenants;

/// <summary>A company's key (<c>ak_</c> and 256 random bits). Only its SHA-256 is kept. Active -> Revoked.</summary>
public sealed class ApiKey
{
    /// <summary>Active keys of one name: the old one and its successor while clients change over.</summary>
    public const int ActivePerName = 2;

    private const string Mark = "ak_";
    private const int PrefixLength = 11;

    public required string Id { get; init; }
    public required string CompanyId { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }

    /// <summary>The key's first characters, by which people tell keys apart.</summary>
    public required string Prefix { get; init; }

    public required byte[] Hash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <returns>The row and the secret, which is nowhere kept.</returns>
    public static (ApiKey Key, string Secret) New(string companyId, string name, Role role, DateTimeOffset now)
    {
        var secret = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new ApiKey
        {
            Id = $"key_{Guid.CreateVersion7(now):N}", CompanyId = companyId, Name = name, Role = role.ToString(), Prefix = secret[..PrefixLength],
            Hash = HashOf(secret), CreatedAt = now,
        }, secret);
    }

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>False when it was revoked before.</summary>
    public bool Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
        {
            return false;
        }

        RevokedAt = now;
        return true;
    }
}
