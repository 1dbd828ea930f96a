using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Db;

/// <summary>Saving and saying who did it, in one commit.</summary>
public static class AuditedSave
{
    private const long ChainLock = 0x617564_6974;

    /// <summary>
    /// Saves what is pending, appends the fact to the audit chain and commits (the caller's transaction, where there is one, stays open).
    /// </summary>
    /// <param name="fact">Asked for after the first save, when ids are known.</param>
    public static async Task SaveAuditedAsync(this TenantsDb db, Caller caller, Func<AuditFact> fact, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChainLock})", ct);
        var last = await db.Audit.AsNoTracking().OrderByDescending(a => a.Sequence).FirstOrDefaultAsync(ct);
        db.Add(AuditEntry.Next(last, caller, fact(), now));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
        {
            await transaction.CommitAsync(ct);
        }
    }

    /// <summary>Until the end of the transaction no other request changes what belongs to this company.</summary>
    public static Task LockCompanyAsync(this TenantsDb db, string companyId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({companyId}, 1))", ct);
}
