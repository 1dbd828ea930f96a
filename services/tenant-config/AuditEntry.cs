using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Invoicing.Tenants;

/// <summary>Who did what to which tenant, before and after. Never changed: each entry's hash covers the one before it.</summary>
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

    /// <summary>Lower-case hex; empty for the first entry.</summary>
    public required string PreviousHash { get; init; }

    public string Hash { get; private set; } = "";

    public static AuditEntry Next(AuditEntry? last, Caller caller, AuditFact fact, DateTimeOffset now)
    {
        var entry = new AuditEntry
        {
            Sequence = (last?.Sequence ?? 0) + 1, At = new DateTimeOffset(now.UtcTicks / 10 * 10, TimeSpan.Zero), Actor = caller.Subject, Role = caller.Role.ToString(),
            CompanyId = fact.CompanyId, Action = fact.Action, Target = fact.Target, Before = Text(fact.Before), After = Text(fact.After),
            PreviousHash = last?.Hash ?? "",
        };
        entry.Hash = entry.Digest();
        return entry;
    }

    /// <summary>True when nothing of the entry was altered and it follows <paramref name="previous"/>.</summary>
    public bool Follows(AuditEntry? previous) =>
        Sequence == (previous?.Sequence ?? 0) + 1 && PreviousHash == (previous?.Hash ?? "") && Hash == Digest();

    private string Digest() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string?[]>(
    [
        Sequence.ToString(CultureInfo.InvariantCulture), At.UtcTicks.ToString(CultureInfo.InvariantCulture), Actor, Role, CompanyId, Action, Target,
        Before, After, PreviousHash,
    ])));

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json.Options);
}

/// <param name="Action">Noun and past verb: <c>tenant.changed</c>.</param>
/// <param name="Before">Any object without secrets; null when there was nothing.</param>
public sealed record AuditFact(string CompanyId, string Action, string Target, object? Before, object? After);
