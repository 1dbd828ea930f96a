using System.Collections.Concurrent;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>
/// A client may know a ticket and its job before TicketSubmitted arrives here (a slow broker). Then tickets is asked and its word is taken in
/// as the message would be; the message itself finds everything done. Many may ask for the same at once (a stream in every tab): one asks
/// tickets, all hear it.
/// </summary>
public sealed class Arrivals(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<(string Kind, long Id, string? Scope), Lazy<Task<bool>>> asked = new();

    /// <param name="scope">The tenant that may see it, null for any.</param>
    /// <returns>True when the job exists now.</returns>
    /// <exception cref="ProblemException">503: tickets cannot be asked.</exception>
    public async Task<bool> MeetJobAsync(long id, string? scope, CancellationToken ct) =>
        long.IsEvenInteger(id) && await OnceAsync(("job", id, scope), async tickets => await tickets.OfJobAsync(id, default) is { } said && said.JobId == id ? said : null, ct);

    /// <inheritdoc cref="MeetJobAsync"/>
    public Task<bool> MeetTicketAsync(long id, string? scope, CancellationToken ct) =>
        OnceAsync(("ticket", id, scope), tickets => tickets.OfTicketAsync(id, default), ct);

    /// <summary>Those of the tenant that tickets knows.</summary>
    /// <exception cref="ProblemException">503.</exception>
    public async Task MeetTicketsAsync(IReadOnlyCollection<long> ids, string company, CancellationToken ct)
    {
        if (ids.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            var said = await scope.ServiceProvider.GetRequiredService<TicketDirectory>().OfTicketsAsync(ids, ct);
            await TakeAsync(scope.ServiceProvider, [.. said.Where(s => s.CompanyId == company).OrderBy(s => s.TicketId)], ct);
        }
    }

    /// <summary>Who leaves while it is asked takes nothing from the others.</summary>
    private Task<bool> OnceAsync((string Kind, long Id, string? Scope) what, Func<TicketDirectory, Task<TicketSubmitted?>> ask, CancellationToken ct) => asked.GetOrAdd(what,
        _ => new Lazy<Task<bool>>(async () =>
        {
            await Task.Yield();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var said = await ask(scope.ServiceProvider.GetRequiredService<TicketDirectory>());
                if (said is null || (what.Scope is not null && what.Scope != said.CompanyId))
                {
                    return false;
                }

                await TakeAsync(scope.ServiceProvider, [said], default);
                return true;
            }
            finally
            {
                asked.TryRemove(what, out var _);
            }
        })).Value.WaitAsync(ct);

    /// <summary>In a commit of its own: what asked may be refused for another reason.</summary>
    private static async Task TakeAsync(IServiceProvider services, IReadOnlyList<TicketSubmitted> said, CancellationToken ct)
    {
        var (opening, db) = (services.GetRequiredService<Opening>(), services.GetRequiredService<JobsDb>());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var submission in said)
        {
            await opening.TakeAsync(submission, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
