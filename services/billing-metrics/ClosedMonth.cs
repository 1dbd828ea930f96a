using Invoicing.Billing.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing;

/// <summary>
/// The books of a month, and of all before it, are closed for every company: no statement of theirs changes any more. What is counted later for
/// a closed month is billed in the first open one; the database decides that on every insert into the ledger.
/// </summary>
public sealed class ClosedMonth
{
    /// <summary>Advisory lock: shared by whoever writes the ledger, alone for whoever closes. Job ids, which are locked too, are positive.</summary>
    internal const long Lock = -1;

    /// <summary>Days after the end of a month on which it closes by itself.</summary>
    private const int DaysOfGrace = 5;

    /// <summary>Its first day.</summary>
    public required DateOnly Month { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>The caller, or <c>automatic</c>.</summary>
    public required string ClosedBy { get; init; }

    /// <summary>The latest month that closes by itself by this day (America/Mexico_City).</summary>
    public static DateOnly DueBy(DateOnly today) => MexicoDay.MonthOf(today.AddDays(-DaysOfGrace)).AddMonths(-1);

    /// <summary>What closed this month; null while it is open.</summary>
    public static Task<ClosedMonth?> FindAsync(BillingDb db, DateOnly month, CancellationToken ct) =>
        db.ClosedMonths.AsNoTracking().Where(m => m.Month >= month).OrderBy(m => m.Month).FirstOrDefaultAsync(ct);

    /// <summary>Closes it unless it is closed; waits for the entries that are being written.</summary>
    public static async Task<ClosedMonth> CloseAsync(BillingDb db, DateOnly month, string by, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var closed = await FindAsync(db, month, ct);
        if (closed is null)
        {
            closed = new ClosedMonth { Month = month, ClosedAt = now, ClosedBy = by };
            db.Add(closed);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return closed;
    }
}
