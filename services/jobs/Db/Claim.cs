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

    /// <summary>
    /// Looks only at tenants whose turn it is, or with <c>@wide</c> at all that wait: of many tenants nearly all wait behind those, and looking into
    /// every queue takes ten times as long. One row: the jobs, how many there could have been, and whether a wide look may find more.
    /// </summary>
    private static readonly string Sql = $$"""
        WITH busy AS MATERIALIZED (
            SELECT company_id, portal_host, batch_key FROM automation_jobs
            WHERE phase = 'dispatched' OR (phase IN ('running', 'waiting', 'stopping') AND NOT person_wait)
        ), busy_tenants AS MATERIALIZED (SELECT company_id, count(*) AS running FROM busy GROUP BY company_id
        ), busy_hosts AS MATERIALIZED (SELECT portal_host, count(*) AS running FROM busy GROUP BY portal_host
        ), busy_batches AS MATERIALIZED (SELECT batch_key, count(*) AS running FROM busy WHERE batch_key IS NOT NULL GROUP BY batch_key
        ), closed_hosts AS MATERIALIZED (
            SELECT host FROM portals WHERE open_until > @now
            UNION ALL
            SELECT h.portal_host FROM busy_hosts h LEFT JOIN portals p ON p.host = h.portal_host
            WHERE h.portal_host IS NOT NULL AND h.running >= CASE WHEN p.failures >= @breaker THEN 1 ELSE @per_host END
        ), full_batches AS MATERIALIZED (
            SELECT x.batch_key FROM busy_batches x JOIN automation_batches b ON b.id = x.batch_key WHERE x.running >= b.max_concurrent
        ), free AS MATERIALIZED (
            SELECT GREATEST(0, LEAST({{Most}}, COALESCE((SELECT sum(slots) FROM workers WHERE NOT draining AND seen_at > @now - interval '20 seconds'), 0)
                - (SELECT count(*) FROM busy))) AS slots
        ), tenants AS MATERIALIZED (
            SELECT l.company_id, l.max_concurrent_jobs AS max_running, l.weight, l.max_daily_jobs, COALESCE(b.running, 0) AS running, q.rank_at,
                (SELECT count(*) FROM automation_jobs r WHERE r.company_id = l.company_id AND r.dispatched_at > @now - interval '60 seconds') AS recent
            FROM tenant_limits l LEFT JOIN busy_tenants b ON b.company_id = l.company_id CROSS JOIN LATERAL (
                SELECT q.rank_at FROM automation_jobs q
                WHERE q.company_id = l.company_id AND q.phase IN ('queued', 'awaiting_files') AND q.next_attempt_at <= @now
                ORDER BY q.rank_at, q.id LIMIT 1) q
            WHERE (SELECT slots FROM free) > 0 AND COALESCE(b.running, 0) < l.max_concurrent_jobs
        ), first AS MATERIALIZED (
            SELECT * FROM tenants ORDER BY (recent + 1)::float8 / weight, rank_at, company_id LIMIT 2 * (SELECT slots FROM free)
        ), turns AS MATERIALIZED (
            SELECT company_id, count(*) AS turns FROM (
                SELECT t.company_id FROM first t CROSS JOIN LATERAL generate_series(1, LEAST((SELECT slots FROM free), t.max_running - t.running)) AS nth
                ORDER BY (t.recent + nth)::float8 / t.weight, t.rank_at LIMIT 2 * (SELECT slots FROM free)) x
            GROUP BY company_id
        ), considered AS MATERIALIZED (
            SELECT t.*, COALESCE(turns.turns, 0) + CASE WHEN @wide THEN LEAST({{Spare}}, 1 + {{Spare * Most}} / (SELECT count(*) FROM tenants)) ELSE {{Spare}} END AS most,
                t.max_daily_jobs - (SELECT count(*) FROM automation_jobs d WHERE d.company_id = t.company_id AND d.counted_on = @today) AS left_today
            FROM tenants t LEFT JOIN turns ON turns.company_id = t.company_id
            WHERE @wide OR t.company_id IN (SELECT company_id FROM first)
        ), candidates AS (
            SELECT c.*, t.company_id, t.weight, t.recent, t.running, t.max_running, t.left_today,
                row_number() OVER (PARTITION BY t.company_id ORDER BY c.rank_at, c.id) AS nth,
                row_number() OVER (PARTITION BY t.company_id, c.counted ORDER BY c.rank_at, c.id) AS nth_counted
            FROM considered t CROSS JOIN LATERAL (
                SELECT j.id, j.rank_at, j.portal_host, j.batch_key, j.counted_on IS NOT NULL AS counted, b.max_concurrent AS batch_limit
                FROM automation_jobs j LEFT JOIN automation_batches b ON b.id = j.batch_key
                WHERE j.company_id = t.company_id AND j.phase IN ('queued', 'awaiting_files') AND j.next_attempt_at <= @now
                    AND COALESCE(j.portal_host, '') NOT IN (SELECT host FROM closed_hosts)
                    AND COALESCE(j.batch_key, 0) NOT IN (SELECT batch_key FROM full_batches)
                    AND (b.id IS NULL OR b.status <> 'cancelled' OR j.emitted_at IS NOT NULL)
                    AND (j.counted_on IS NOT NULL OR t.left_today > 0)
                ORDER BY j.rank_at, j.id LIMIT t.most) c
        ), ranked AS (
            SELECT c.id, c.rank_at, (c.recent + c.nth)::float8 / c.weight AS share, c.batch_key, c.batch_limit,
                CASE WHEN p.failures >= @breaker THEN 1 ELSE @per_host END AS host_limit,
                COALESCE(h.running, 0) + row_number() OVER (PARTITION BY c.portal_host ORDER BY (c.recent + c.nth)::float8 / c.weight, c.rank_at, c.id) AS of_host,
                COALESCE(x.running, 0) + row_number() OVER (PARTITION BY c.batch_key ORDER BY (c.recent + c.nth)::float8 / c.weight, c.rank_at, c.id) AS of_batch
            FROM candidates c LEFT JOIN portals p ON p.host = c.portal_host LEFT JOIN busy_hosts h ON h.portal_host = c.portal_host
                LEFT JOIN busy_batches x ON x.batch_key = c.batch_key
            WHERE c.running + c.nth <= c.max_running AND (c.counted OR c.nth_counted <= c.left_today)
        )
        SELECT ARRAY(SELECT id FROM ranked WHERE of_host <= host_limit AND (batch_key IS NULL OR of_batch <= batch_limit)
                ORDER BY share, rank_at, id LIMIT (SELECT slots FROM free)),
            (SELECT slots FROM free), NOT @wide AND (SELECT count(*) FROM tenants) > (SELECT count(*) FROM first)
        """;

    /// <summary>Inside a transaction: the rows stay locked until it ends. In the order in which they go.</summary>
    /// <returns>With <c>More</c> when several went and slots are left: what of them stood in each other's way does not any more for the next look.</returns>
    public static async Task<(List<AutomationJob> Jobs, bool More)> ClaimAsync(this JobsDb db, DateOnly today, int perHost, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({OneAtATime})", ct);
        var (ids, free, more) = await PickAsync(db, false, today, perHost, now, ct);
        if (more && ids.Length < free)
        {
            (ids, _, _) = await PickAsync(db, true, today, perHost, now, ct);
        }

        var picked = ids.Length == 0 ? [] : await db.Jobs.FromSql(
            $"SELECT * FROM automation_jobs WHERE id = ANY({ids}) AND phase IN ('queued', 'awaiting_files') FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        return ([.. picked.OrderBy(j => Array.IndexOf(ids, j.Id))], picked.Count > 1 && (picked.Count < free || free == Most));
    }

    /// <summary>Prepared once a connection: making its plan would take as long as running it.</summary>
    private static async Task<(long[] Ids, long Free, bool More)> PickAsync(
        JobsDb db, bool wide, DateOnly today, int perHost, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.Transaction) = (Sql, (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new("wide", wide), new("now", now), new("today", today), new("per_host", perHost), new("breaker", Portal.FailuresToOpen),
        });
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetFieldValue<long[]>(0), reader.GetInt64(1), reader.GetBoolean(2));
    }
}
