using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants;

/// <summary>Once a day and company: what is older than its <see cref="Tenant.RetentionDays"/> is to be deleted. Replicas take turns by the row.</summary>
public sealed class RetentionClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<RetentionClock> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<TenantsDb>().SweepAsync(time.GetUtcNow(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Retention times were not applied");
            }

            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

public static class RetentionSweeps
{
    private sealed record Due(string CompanyId, int Days);

    public static async Task SweepAsync(this TenantsDb db, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var due = await db.Database.SqlQuery<Due>(
            $"""
             WITH swept AS (
                 INSERT INTO retention_sweeps (company_id, swept_at) SELECT company_id, {now} FROM tenant_config WHERE retention_days IS NOT NULL
                 ON CONFLICT (company_id) DO UPDATE SET swept_at = excluded.swept_at WHERE retention_sweeps.swept_at <= {now.AddDays(-1)}
                 RETURNING company_id)
             SELECT company_id, retention_days AS days FROM swept JOIN tenant_config USING (company_id)
             """).ToListAsync(ct);
        foreach (var (company, days) in due)
        {
            db.Publish(new ForgetData(null, company, now.AddDays(-days), OpenToo: false, now), now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
