using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>Finds by id under the caller's tenant. A client may know an id from tickets some milliseconds before the message arrives here.</summary>
public static class Lookup
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    /// <param name="scope">The tenant, null for any.</param>
    public static Task<AutomationJob?> FindJobAsync(this JobsDb db, long id, string? scope, CancellationToken ct) => PatientlyAsync(
        () => db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id && (scope == null || j.CompanyId == scope), ct),
        async () => id % 2 == 0 && !await db.Jobs.AnyAsync(j => j.Id == id, ct), ct);

    public static Task<TicketReference?> FindTicketAsync(this JobsDb db, long id, string? scope, CancellationToken ct) => PatientlyAsync(
        () => db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && (scope == null || t.CompanyId == scope), ct),
        async () => !await db.Tickets.AnyAsync(t => t.Id == id, ct), ct);

    public static Problem NoJob(long id) => Problem.NotFound($"Trabajo {id} no encontrado");

    public static Problem NoTicket(long id) => Problem.NotFound($"Ticket {id} no encontrado");

    private static async Task<T?> PatientlyAsync<T>(Func<Task<T?>> find, Func<Task<bool>> mayCome, CancellationToken ct) where T : class
    {
        for (var waited = TimeSpan.Zero; ; waited += Again)
        {
            if (await find() is { } found)
            {
                return found;
            }

            if (waited >= Patience || !await mayCome())
            {
                return null;
            }

            await Task.Delay(Again, ct);
        }
    }
}
