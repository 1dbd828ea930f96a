using Invoicing.Tickets.Db;
using Invoicing.Tickets.Reading;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>
/// Two pictures of one purchase: the same issuer, day, total and number of sale, all surely read, in one tenant. Only pictures count; what is
/// typed is meant as it is typed.
/// </summary>
public sealed class Duplicates(TicketsDb db)
{
    /// <summary>Under this a value may belong to another ticket of the merchant.</summary>
    private const double Sure = .85;

    private static readonly string[] Numbers = [FieldNames.Folio, FieldNames.CodigoFacturacion, "tc", "itu", "idtran", "referencia", "transaccion"];

    /// <summary>
    /// The ticket that a picture shows once more, or null. From here to the commit nobody else of the tenant is told about a ticket of the same
    /// total, so that of two pictures sent at once one is first. A ticket that failed does not stand in the way of another try.
    /// </summary>
    public async Task<long?> JudgedAsync(Ticket ticket, TicketReading reading, CancellationToken ct)
    {
        if (ticket.Tipo is not (Tipo.imagen or Tipo.pdf) || !reading.Readable || Signs(reading) is not { } mine)
        {
            return null;
        }

        var turn = HashCode(ticket.CompanyId, mine.Total);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({turn})", ct);
        var total = decimal.Parse(mine.Total, System.Globalization.CultureInfo.InvariantCulture);
        var others = await db.Tickets.AsNoTracking()
            .Where(t => t.CompanyId == ticket.CompanyId && t.Total == total && t.Id != ticket.Id && t.ReadAt != null && t.Estado != Estado.fallido)
            .OrderBy(t => t.Id).Take(200).ToListAsync(ct);
        return others.Find(other => Signs(other.LastReading()) is { } its && its.Rfc == mine.Rfc && its.Day == mine.Day && its.Numbers.Overlaps(mine.Numbers))?.Id;
    }

    private static (string Rfc, string Day, string Total, HashSet<string> Numbers)? Signs(TicketReading reading)
    {
        string? Of(string name) => reading.Fields.TryGetValue(name, out var field) && field.Confidence >= Sure ? field.Value : null;
        // Three digits are a table's number or a turn's: they come again.
        var numbers = Numbers.Select(Of).OfType<string>().Where(number => number.Length >= 4).ToHashSet();
        return Of(FieldNames.RfcEmisor) is { } rfc && Of(FieldNames.Fecha) is { } day && Of(FieldNames.Total) is { } total && numbers.Count > 0 ? (rfc, day, total, numbers) : null;
    }

    private static long HashCode(string companyId, string total) =>
        BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{companyId}\n{total}")));
}
