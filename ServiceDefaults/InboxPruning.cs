using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Invoicing;

/// <summary>
/// Forgets messages taken in long ago (<c>Inbox:KeptDays</c>, 7): the broker does not repeat anything that old. A few rows at a time. The
/// outbox needs nobody: what has left is deleted there and then.
/// </summary>
public sealed class InboxPruning<TDb>(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider time, ILogger<InboxPruning<TDb>> log)
    : BackgroundService where TDb : DbContext
{
    private const int AtOnce = 2000;
    private readonly TimeSpan kept = TimeSpan.FromDays(configuration.GetValue("Inbox:KeptDays", 7.0));
    private readonly TimeSpan every = configuration.GetValue("Inbox:PruneEvery", TimeSpan.FromMinutes(10));

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (await PruneAsync(ct) == AtOnce)
                {
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Inbox was not pruned: {Error}", e.Message);
            }

            await Task.Delay(every, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> PruneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TDb>().Database.ExecuteSqlAsync(
            $"DELETE FROM inbox_messages WHERE ctid IN (SELECT ctid FROM inbox_messages WHERE received_at < {time.GetUtcNow() - kept} LIMIT {AtOnce})", ct);
    }
}
