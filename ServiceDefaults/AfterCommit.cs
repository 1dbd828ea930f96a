using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Invoicing;

/// <summary>
/// What this process does once a context's rows are committed, to wake whoever waits for them without asking the database to tell. A process
/// that dies in between never does it, so whoever waits must also look now and then.
/// </summary>
public static class AfterCommit
{
    private sealed class Awaiting
    {
        public Dictionary<object, (Guid? Transaction, Action Action)> Actions { get; } = [];

        /// <summary>A save commits a transaction of its own before its rows know their numbers: what waits for it waits for the save's end.</summary>
        public bool InSave { get; set; }
    }

    private static readonly ConditionalWeakTable<DbContext, Awaiting> Waiting = [];

    /// <summary>Given inside a transaction, it is that one's: one given up without a word takes its actions with it, whatever the context does next.</summary>
    /// <param name="once">Actions of one key are done once, the last one given.</param>
    public static void AfterCommitted(this DbContext db, object once, Action action) =>
        Waiting.GetOrCreateValue(db).Actions[once] = (db.Database.CurrentTransaction?.TransactionId, action);

    /// <summary>A singleton of the application the context belongs to; null for a context made without one.</summary>
    public static T? ApplicationService<T>(this DbContext db) where T : class => db.GetService<IDbContextOptions>()
        .FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService(typeof(T)) as T;

    internal static IInterceptor[] Interceptors { get; } = [new OnCommit(), new OnSave()];

    private static void Act(DbContext? db, Guid? committed)
    {
        if (db is not null && Waiting.TryGetValue(db, out var waiting) && !waiting.InSave)
        {
            Waiting.Remove(db);
            foreach (var (_, action) in waiting.Actions.Values.Where(a => a.Transaction is null || a.Transaction == committed))
            {
                action();
            }
        }
    }

    private static void Forget(DbContext? db)
    {
        if (db is not null)
        {
            Waiting.Remove(db);
        }
    }

    private sealed class OnCommit : DbTransactionInterceptor
    {
        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Act(eventData.Context, eventData.TransactionId);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Act(eventData.Context, eventData.TransactionId);
            return Task.CompletedTask;
        }

        public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Forget(eventData.Context);

        public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Forget(eventData.Context);
            return Task.CompletedTask;
        }
    }

    /// <summary>A save outside a transaction is its own commit.</summary>
    private sealed class OnSave : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Saving(eventData.Context, true);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            Saving(eventData.Context, false);
            if (eventData.Context?.Database.CurrentTransaction is null)
            {
                Act(eventData.Context, null);
            }

            return ValueTask.FromResult(result);
        }

        public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            Saving(eventData.Context, false);
            return Task.CompletedTask;
        }

        public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
        {
            Saving(eventData.Context, false);
            return Task.CompletedTask;
        }

        private static void Saving(DbContext? db, bool inSave)
        {
            if (db is not null && Waiting.TryGetValue(db, out var waiting))
            {
                waiting.InSave = inSave;
            }
        }
    }
}
