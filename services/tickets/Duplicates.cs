using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Invoicing.Tickets.Db;
using Invoicing.Tickets.Reading;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>
/// Two pictures of one purchase in one tenant. Only pictures count; what is typed is meant as it is typed. A ticket that failed does not stand in
/// the way of another try.
/// </summary>
public sealed class Duplicates(TicketsDb db)
{
    private const int Most = 200;

    /// <summary>
    /// The ticket that this very file is already, when it was sent with the same options; null when it is news. Of two sent at the same moment both
    /// are news here, and one when they are read.
    /// </summary>
    public async Task<Ticket?> SentBeforeAsync(Submission sent, CancellationToken ct)
    {
        if (sent.File is not { Tipo: Tipo.imagen or Tipo.pdf, Sha256: var sha })
        {
            return null;
        }

        var options = JsonSerializer.Serialize(sent.Options);
        var others = await Living(sent.CompanyId).Where(t => t.FileSha256 == sha).OrderBy(t => t.Id).Take(Most).ToListAsync(ct);
        return others.Find(other => JsonSerializer.Serialize(other.Options) == options && (other.JobId is not null || !sent.Options.AutoProcess));
    }

    /// <summary>
    /// The ticket that a picture shows once more, or null. From here to the commit no other picture of the tenant is judged, so that of two sent at
    /// once one is first.
    /// </summary>
    public async Task<long?> JudgedAsync(Ticket ticket, TicketReading reading, CancellationToken ct)
    {
        if (ticket.Tipo is not (Tipo.imagen or Tipo.pdf) || !reading.Readable)
        {
            return null;
        }

        var mine = new Sighting(ticket.FileSha256, reading.PictureHash, reading.Fields);
        var total = decimal.TryParse(mine.Total, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : (decimal?)null;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({TurnOf(ticket.CompanyId)})", ct);
        var others = await Living(ticket.CompanyId)
            .Where(t => t.Id != ticket.Id && t.ReadAt != null && ((total != null && t.Total == total) || (mine.File != null && t.FileSha256 == mine.File)))
            .OrderBy(t => t.Id).Take(Most).ToListAsync(ct);
        return others.Find(other => mine.ShowsWhat(Sighting.Of(other)))?.Id;
    }

    private IQueryable<Ticket> Living(string companyId) => db.Tickets.AsNoTracking().Where(t => t.CompanyId == companyId && t.Estado != Estado.fallido);

    private static long TurnOf(string companyId) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"pictures of {companyId}")));
}
