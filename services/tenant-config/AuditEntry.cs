using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Invoicing.Tenants;

/// <summary>
/// Who did what to which tenant, before and after. Never changed: each entry's hash covers the one before it. Of before and after it covers
/// salted digests, so that an erased company's can be forgotten and the chain still holds.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>1, 2, 3… without a gap.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }
    public required string Role { get; init; }
    public required string CompanyId { get; init; }
    public required string Action { get; init; }
    public required string Target { get; init; }

    /// <summary>JSON, secrets left out.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>Goes with the texts: without it their digests tell nothing.</summary>
    public byte[]? Salt { get; init; }

    /// <summary>Null for no text, and for entries from before there were digests: their hash covers the text itself.</summary>
    public string? BeforeDigest { get; init; }

    public string? AfterDigest { get; init; }

    /// <summary>Its texts were taken away.</summary>
    public bool Forgotten => Salt is null && (BeforeDigest ?? AfterDigest) is not null;

    /// <summary>Lower-case hex; empty for the first entry.</summary>
    public required string PreviousHash { get; init; }

    public string Hash { get; private set; } = "";

    public static AuditEntry Next(AuditEntry? last, Caller caller, AuditFact fact, DateTimeOffset now)
    {
        var (before, after, salt) = (Text(fact.Before), Text(fact.After), RandomNumberGenerator.GetBytes(16));
        var entry = new AuditEntry
        {
            Sequence = (last?.Sequence ?? 0) + 1, At = new DateTimeOffset(now.UtcTicks / 10 * 10, TimeSpan.Zero), Actor = caller.Subject, Role = caller.Role.ToString(),
            CompanyId = fact.CompanyId, Action = fact.Action, Target = fact.Target, Before = before, After = after,
            Salt = (before ?? after) is null ? null : salt, BeforeDigest = Commit(salt, before), AfterDigest = Commit(salt, after), PreviousHash = last?.Hash ?? "",
        };
        entry.Hash = entry.Digest();
        return entry;
    }

    /// <summary>True when nothing of the entry was altered and it follows <paramref name="previous"/>.</summary>
    public bool Follows(AuditEntry? previous) =>
        Sequence == (previous?.Sequence ?? 0) + 1 && PreviousHash == (previous?.Hash ?? "") && Hash == Digest()
        && (Salt is null || (BeforeDigest == Commit(Salt, Before) && AfterDigest == Commit(Salt, After)));

    private string Digest() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string?[]>(
    [
        Sequence.ToString(CultureInfo.InvariantCulture), At.UtcTicks.ToString(CultureInfo.InvariantCulture), Actor, Role, CompanyId, Action, Target,
        BeforeDigest ?? Before, AfterDigest ?? After, PreviousHash,
    ])));

    private static string? Commit(byte[] salt, string? text) =>
        text is null ? null : Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]));

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json.Options);
}

/// <param name="Action">Noun and past verb: <c>tenant.changed</c>.</param>
/// <param name="Before">Any object without secrets; null when there was nothing.</param>
public sealed record AuditFact(string CompanyId, string Action, string Target, object? Before, object? After);
