using System.Collections.Concurrent;
using Invoicing.Jobs.Db;

namespace Invoicing.Jobs;

/// <summary>
/// Changes of many callers in one transaction: what is asked for while one commits goes with the next, and who comes alone waits for nobody. When
/// a transaction fails each of its changes is tried by itself, so that the failure is only that of whose it is.
/// </summary>
/// <param name="apply">Makes the changes, in the order given, and answers each. What it adds and changes is saved after it.</param>
public sealed class GroupCommit<TChange, TAnswer>(
    IServiceScopeFactory scopes, Func<IServiceProvider, IReadOnlyList<TChange>, Task<IReadOnlyList<TAnswer>>> apply)
{
    private const int Most = 20;
    private readonly ConcurrentQueue<Asked> waiting = new();
    private int working;

    private sealed record Asked(TChange Change, CancellationToken Left)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Committed when it returns. A caller that leaves while its change is being made finds it made, one that leaves before does not.</summary>
    public Task<TAnswer> MakeAsync(TChange change, CancellationToken ct)
    {
        var asked = new Asked(change, ct);
        waiting.Enqueue(asked);
        if (Interlocked.Exchange(ref working, 1) == 0)
        {
            // For all who come, so in nobody's trace and in no tenant's name.
            using var nobodys = ExecutionContext.SuppressFlow();
            _ = Task.Run(WorkAsync, CancellationToken.None);
        }

        return asked.Answer.Task.WaitAsync(ct);
    }

    private async Task WorkAsync()
    {
        do
        {
            while (Take() is { Count: > 0 } taken)
            {
                using var span = Telemetry.Source.StartActivity("group commit");
                span?.SetTag("invoicing.changes", taken.Count);
                await MakeAsync(taken);
            }

            Interlocked.Exchange(ref working, 0);
        }
        while (!waiting.IsEmpty && Interlocked.Exchange(ref working, 1) == 0);
    }

    private List<Asked> Take()
    {
        var taken = new List<Asked>();
        while (taken.Count < Most && waiting.TryDequeue(out var next))
        {
            if (!next.Left.IsCancellationRequested)
            {
                taken.Add(next);
            }
        }

        return taken;
    }

    private async Task MakeAsync(IReadOnlyList<Asked> together)
    {
        try
        {
            foreach (var (asked, answer) in together.Zip(await CommitAsync([.. together.Select(t => t.Change)])))
            {
                asked.Answer.SetResult(answer);
            }
        }
        catch (Exception e) when (together.Count > 1 && !Database.IsAway(e))
        {
            foreach (var alone in together)
            {
                await MakeAsync([alone]);
            }
        }
        catch (Exception e)
        {
            foreach (var asked in together)
            {
                asked.Answer.SetException(e);
            }
        }
    }

    private async Task<IReadOnlyList<TAnswer>> CommitAsync(IReadOnlyList<TChange> changes)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var answers = await apply(scope.ServiceProvider, changes);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return answers;
    }
}
