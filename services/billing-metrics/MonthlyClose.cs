using Invoicing.Billing.Db;

namespace Invoicing.Billing;

/// <summary>Closes a month some days after its end. Several replicas may look at once: a month closes once.</summary>
public sealed class MonthlyClose(IServiceScopeFactory scopes, TimeProvider time, ILogger<MonthlyClose> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    public async Task CloseDueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<BillingDb>(), time.GetUtcNow());
        var due = ClosedMonth.DueBy(MexicoDay.Of(now));
        if (await ClosedMonth.FindAsync(db, due, ct) is null)
        {
            await ClosedMonth.CloseAsync(db, due, "automatic", now, ct);
            log.LogInformation("The books of {Month} are closed", Statement.NameOf(due));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await CloseDueAsync(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "Closing the month failed");
                pause = PauseAfterFailure;
            }

            await Task.Delay(pause, time, ct);
        }
    }
}
