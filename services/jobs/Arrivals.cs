using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>
/// A client may know a ticket and its job before TicketSubmitted arrives here (a slow broker). Then tickets is asked and its word is taken in
/// as the message would be; the message itself finds everything done.
/// </summary>
public sealed class Arrivals(IServiceScopeFactory scopes, TicketDirectory tickets)
{
    /// <param name="scope">The tenant that may see it, null for any.</param>
    /// <returns>True when the job exists now.</returns>
    /// <exception cref="ProblemException">503: tickets cannot be asked.</exception>
    public async Task<bool> MeetJobAsync(long id, string? scope, CancellationToken ct) =>
        long.IsEvenInteger(id) && await tickets.OfJobAsync(id, ct) is { } said && IsOf(scope, said) && await TakeAsync([said], ct) && said.JobId == id;

    /// <inheritdoc cref="MeetJobAsync"/>
    public async Task<bool> MeetTicketAsync(long id, string? scope, CancellationToken ct) =>
        await tickets.OfTicketAsync(id, ct) is { } said && IsOf(scope, said) && await TakeAsync([said], ct);

    /// <summary>Those of the tenant that tickets knows.</summary>
    /// <exception cref="ProblemException">503.</exception>
    public async Task MeetTicketsAsync(IReadOnlyCollection<long> ids, string company, CancellationToken ct)
    {
        if (ids.Count > 0)
        {
            await TakeAsync([.. (await tickets.OfTicketsAsync(ids, ct)).Where(s => s.CompanyId == company).OrderBy(s => s.TicketId)], ct);
        }
    }

    /// <summary>In a commit of its own: what asked may be refused for another reason.</summary>
    private async Task<bool> TakeAsync(IReadOnlyList<TicketSubmitted> said, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var opening = scope.ServiceProvider.GetRequiredService<Opening>();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var submission in said)
        {
            await opening.TakeAsync(submission, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static bool IsOf(string? scope, TicketSubmitted said) => scope is null || scope == said.CompanyId;
}
