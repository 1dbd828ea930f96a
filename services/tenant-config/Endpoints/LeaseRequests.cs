using System.ComponentModel.DataAnnotations;
using Invoicing.Tenants.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// POST /internal/rate-windows/lease: a gateway takes requests out of the window that all gateways share. Windows are aligned to the epoch
/// by the database's clock, so that every replica speaks of the same one; what is granted never exceeds the quota.
/// </summary>
public static class LeaseRequests
{
    public sealed record Request(
        [property: Required, StringLength(200)] string? Bucket, [property: Required, StringLength(40)] string? Policy,
        [property: System.ComponentModel.DataAnnotations.Range(1, 1_000_000)] int Quota, [property: Range(1, 86_400)] int WindowSeconds, [property: Range(1, 1_000_000)] int Want);

    public sealed record Response(int Granted, int Remaining, DateTimeOffset ResetsAt);

    private sealed record Lease(int Granted, int Used, DateTimeOffset StartsAt);

    public static async Task<Response> Handle(Body<Request> body, TenantsDb db, CancellationToken ct)
    {
        var request = body.Value;
        var lease = (await db.Database.SqlQuery<Lease>($"""
            INSERT INTO rate_windows AS w (bucket, policy, starts_at, used, granted)
            SELECT {request.Bucket}, {request.Policy},
                   to_timestamp(floor(extract(epoch FROM clock_timestamp()) / {request.WindowSeconds}) * {request.WindowSeconds}),
                   LEAST({request.Want}, {request.Quota}), LEAST({request.Want}, {request.Quota})
            ON CONFLICT (bucket, policy) DO UPDATE
                SET granted = LEAST({request.Want}, GREATEST(0, {request.Quota} - CASE WHEN w.starts_at < excluded.starts_at THEN 0 ELSE w.used END)),
                    used = CASE WHEN w.starts_at < excluded.starts_at THEN 0 ELSE w.used END
                         + LEAST({request.Want}, GREATEST(0, {request.Quota} - CASE WHEN w.starts_at < excluded.starts_at THEN 0 ELSE w.used END)),
                    starts_at = GREATEST(w.starts_at, excluded.starts_at)
            RETURNING granted, used, starts_at
            """).ToListAsync(ct)).Single();
        return new Response(lease.Granted, Math.Max(0, request.Quota - lease.Used), lease.StartsAt.AddSeconds(request.WindowSeconds));
    }
}
