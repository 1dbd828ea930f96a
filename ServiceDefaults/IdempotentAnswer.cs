using Microsoft.EntityFrameworkCore;

namespace Invoicing;

/// <summary>The first answer to an Idempotency-Key, kept 24 h in the same commit as what it made.</summary>
public sealed class IdempotentAnswer
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Tenant, or the caller where it named none.</summary>
    public required string Owner { get; init; }

    public required string Route { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked, hex.</summary>
    public required string Fingerprint { get; init; }

    public required int Status { get; init; }
    public required string? ContentType { get; init; }
    public required string? Location { get; init; }
    public required byte[] Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public static class IdempotentAnswers
{
    /// <summary>The table of a service with <see cref="Idempotency{TDb}"/>.</summary>
    public static void AddIdempotency(this ModelBuilder model)
    {
        var answer = model.Entity<IdempotentAnswer>().ToTable("idempotency_keys");
        answer.HasKey(a => new { a.Owner, a.Route, a.Key });
        answer.HasIndex(a => a.CreatedAt);
    }
}
