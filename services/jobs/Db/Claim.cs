using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Invoicing.Jobs.Db;

/// <summary>
/// Which jobs go next. One statement sees live workers' free slots, tenants' limits and weights, batches, portals' breakers and politeness.
/// Between tenants the one served least in the last minute (by weight) comes first; inside a tenant <see cref="AutomationJob.Rank"/> decides.
/// A tenant whose limits are not known yet waits until they are.
/// </summary>
public static class Claim
{
    /// <summary>Two replicas must not fill the same slot: the statement runs alone, for a few milliseconds.</summary>
    private const long OneAtATime = 0x6A6F6273;

    /// <summary>Of one pass.</summary>
    public const int Most = 50;

    /// <summary>
    /// Of a tenant, looked at beyond the turns that fairness gives it now: what another cannot use, because its portals are busy, goes to it.
    /// </summary>
    private const int Spare = 5;

    private static readonly string Sql = $$"""
        WITH busy AS MATERIALIZED (
            SELECT company_id, portal_host, batch_key FROM automation_jobs
            WHERE phase = 'dispatched' OR (phase IN ('running', 'waiting', 'stopping') AND NOT person_wait)
        ), free AS MATERIALIZED (
            SELECT LEAST({{Most}}, COALESCE((SELECT sum(slots) FROM workers WHERE NOT draining AND seen_at > @now - interval '20 seconds'), 0)
                - (SELECT count(*) FROM busy)) AS slots
        ), tenants AS MATERIALIZED (
            SELECT l.company_id, l.max_concurrent_jobs AS max_running, l.weight,
                l.max_daily_jobs
                    - (SELECT count(*) FROM automation_jobs d WHERE d.company_id = l.company_id AND d.counted_on = @today) AS left_today,
                (SELECT count(*) FROM busy b WHERE b.company_id = l.company_id) AS running,
                (SELECT count(*) FROM automation_jobs r WHERE r.company_id = l.company_id AND r.dispatched_at > @now - interval '60 seconds') AS recent
            FROM tenant_limits l
            WHERE (SELECT slots FROM free) > 0 AND (
                SELECT true FROM automation_jobs q WHERE q.company_id = l.company_id AND q.phase IN ('queued', 'awaiting_files') AND q.next_attempt_at <= @now
                ORDER BY q.rank_at, q.id LIMIT 1)
        ), turns AS MATERIALIZED (
            SELECT company_id, count(*) AS turns FROM (
                SELECT t.company_id FROM tenants t CROSS JOIN LATERAL generate_series(1, LEAST((SELECT slots FROM free), t.max_running - t.running)) AS nth
                ORDER BY (t.recent + nth)::float8 / t.weight LIMIT 2 * (SELECT slots FROM free)) x
            GROUP BY company_id
        ), candidates AS (
            SELECT c.*, t.company_id, t.weight, t.recent, t.running, t.max_running, t.left_today,
                row_number() OVER (PARTITION BY t.company_id ORDER BY c.rank_at, c.id) AS nth,
                row_number() OVER (PARTITION BY t.company_id, c.counted ORDER BY c.rank_at, c.id) AS nth_counted
            FROM tenants t LEFT JOIN turns ON turns.company_id = t.company_id CROSS JOIN LATERAL (
                SELECT j.id, j.rank_at, j.portal_host, j.batch_key, j.counted_on IS NOT NULL AS counted,
                    CASE WHEN p.failures >= @breaker THEN 1 ELSE @per_host END AS host_limit,
                    (SELECT count(*) FROM busy x WHERE x.portal_host = j.portal_host) AS host_busy,
                    b.max_concurrent AS batch_limit, (SELECT count(*) FROM busy x WHERE x.batch_key = j.batch_key) AS batch_busy
                FROM automation_jobs j
                LEFT JOIN portals p ON p.host = j.portal_host
                LEFT JOIN automation_batches b ON b.id = j.batch_key
                WHERE j.company_id = t.company_id AND j.phase IN ('queued', 'awaiting_files') AND j.next_attempt_at <= @now
                    AND (p.open_until IS NULL OR p.open_until <= @now)
                    AND (SELECT count(*) FROM busy x WHERE x.portal_host = j.portal_host) < CASE WHEN p.failures >= @breaker THEN 1 ELSE @per_host END
                    AND (b.id IS NULL OR b.status <> 'cancelled' OR j.emitted_at IS NOT NULL)
                    AND (b.id IS NULL OR (SELECT count(*) FROM busy x WHERE x.batch_key = b.id) < b.max_concurrent)
                    AND (j.counted_on IS NOT NULL OR t.left_today > 0)
                ORDER BY j.rank_at, j.id LIMIT COALESCE(turns.turns, 0) + {{Spare}}) c
            WHERE t.running < t.max_running
        ), ranked AS (
            SELECT id, rank_at, (recent + nth)::float8 / weight AS share, host_limit, batch_key, batch_limit,
                host_busy + row_number() OVER (PARTITION BY portal_host ORDER BY (recent + nth)::float8 / weight, rank_at, id) AS of_host,
                batch_busy + row_number() OVER (PARTITION BY batch_key ORDER BY (recent + nth)::float8 / weight, rank_at, id) AS of_batch
            FROM candidates WHERE running + nth <= max_running AND (counted OR nth_counted <= left_today)
        )
        SELECT id FROM ranked WHERE of_host <= host_limit AND (batch_key IS NULL OR of_batch <= batch_limit)
        ORDER BY share, rank_at, id LIMIT (SELECT GREATEST(slots, 0) FROM free)
        """;

    /// <summary>Inside a transaction: the rows stay locked until it ends. In the order in which they go.</summary>
    public static async Task<List<AutomationJob>> ClaimAsync(this JobsDb db, DateOnly today, int perHost, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({OneAtATime})", ct);
        var ids = await PickAsync(db, today, perHost, now, ct);
        var picked = ids.Count == 0 ? [] : await db.Jobs.FromSql(
            $"SELECT * FROM automation_jobs WHERE id = ANY({ids}) AND phase IN ('queued', 'awaiting_files') FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        return [.. picked.OrderBy(j => ids.IndexOf(j.Id))];
    }

    /// <summary>Prepared once a connection: making its plan would take as long as running it.</summary>
    private static async Task<List<long>> PickAsync(JobsDb db, DateOnly today, int perHost, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.Transaction) = (Sql, (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        command.Parameters.AddRange(new NpgsqlParameter[] { new("now", now), new("today", today), new("per_host", perHost), new("breaker", Portal.FailuresToOpen) });
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<long>();
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }
}
