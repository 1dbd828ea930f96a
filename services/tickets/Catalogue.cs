using Invoicing.Fiscal;
using Invoicing.Messages;
using Invoicing.Tickets.Db;
using Invoicing.Tickets.Reading;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>What a reading means for a tenant: whose ticket it is, where its invoice is asked for and until when.</summary>
public sealed class Catalogue(TicketsDb db, Egress egress, Duplicates duplicates, TimeProvider time)
{
    /// <summary>Keeps the reading on the ticket and says so; the caller saves.</summary>
    public async Task RecordAsync(Ticket ticket, TicketReading reading, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var given = Given(ticket);
        reading = await duplicates.JudgedAsync(ticket, With(reading, given), ct) is { } first
            ? reading with { Readable = false, Reason = $"Es otra fotografía del ticket {first}, que ya está en proceso o facturado. Siga ese ticket; si son dos compras, corrija el folio." }
            : reading;
        var merchants = await VisibleAsync(ticket.CompanyId, ct);
        var known = merchants.Select(m => (Merchant: m, Known: m.Known())).ToList();
        var match = ByHint(known, ticket.Options.MerchantHint) ?? Identify(known, With(reading, given));
        var merchant = match is null ? default : known.First(k => k.Merchant.Id == match.Id);
        var facts = FactsOf(ticket, reading, given, match, merchant);
        var before = ticket.Estado;
        ticket.Record(facts, now);
        db.Publish(MessageOf(ticket, facts, match is null ? null : Facts(match, merchant)), now);
        if (ticket.Estado != before)
        {
            db.Publish(new TicketChanged(ticket.Id, ticket.CompanyId, ticket.Estado.ToString(), ticket.InvoiceFailureReason, now), now);
        }
    }

    /// <summary>
    /// Active merchants a tenant may use: the shared ones and its own. Of two with one name and RFC its own counts, then the newer;
    /// an entry of the built-in catalogue gives way to any other of its name.
    /// </summary>
    private async Task<List<Merchant>> VisibleAsync(string companyId, CancellationToken ct)
    {
        var all = await db.Merchants.AsNoTracking().Where(m => m.IsActive && (m.CompanyId == null || m.CompanyId == companyId)).ToListAsync(ct);
        var edited = all.Where(m => !m.Known().BuiltIn).Select(m => m.Nombre).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. all.Where(m => !m.Known().BuiltIn || !edited.Contains(m.Nombre)).GroupBy(m => (m.Nombre.ToUpperInvariant(), m.Known().Rfc)).Select(g => g.OrderByDescending(m => m.CompanyId is not null).ThenByDescending(m => m.Id).First())];
    }

    /// <summary>What people said, first with the ticket and then over the reading.</summary>
    private static Dictionary<string, string> Given(Ticket ticket) =>
        ticket.Options.PortalFields.Concat(ticket.Corrections).GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.Last().Value);

    private static TicketReading With(TicketReading reading, Dictionary<string, string> given) => reading with
    {
        Fields = reading.Fields.Where(f => !given.ContainsKey(f.Key)).Concat(given.Select(g => KeyValuePair.Create(g.Key, new ReadField(g.Value, 1))))
            .ToDictionary(f => f.Key, f => f.Value),
    };

    private static MerchantMatch? ByHint(List<(Merchant Merchant, MerchantMetadata Known)> known, string? hint)
    {
        if (string.IsNullOrWhiteSpace(hint))
        {
            return null;
        }

        bool Named(string? name) => string.Equals(name?.Trim(), hint.Trim(), StringComparison.OrdinalIgnoreCase);
        var meant = known.Where(k => Named(k.Merchant.Nombre) || Named(k.Known.Rfc) || k.Known.Aliases.Any(Named)).ToList();
        return meant is [var only] ? new MerchantMatch(only.Merchant.Id, 1, "hint") : null;
    }

    private static MerchantMatch? Identify(List<(Merchant Merchant, MerchantMetadata Known)> known, TicketReading reading) => MerchantIdentifier.Identify(
        [.. known.Select(k => new KnownMerchant(k.Merchant.Id, k.Merchant.Nombre, k.Known.Rfc is { } rfc ? Rfc.Normalise(rfc) : null, k.Known.Aliases, k.Known.PortalUrls))],
        reading);

    private TicketFacts FactsOf(
        Ticket ticket, TicketReading read, Dictionary<string, string> given, MerchantMatch? match, (Merchant Merchant, MerchantMetadata Known) merchant)
    {
        // People may have given everything that the picture does not show.
        var reading = !read.Readable && ticket.Corrections.Count > 0 && read.Text.Length == 0 ? read with { Readable = true, Reason = null } : read;
        var all = With(reading, given);
        var recognised = match is null ? null : new Recognition(match.Id, merchant.Merchant.Nombre, merchant.Known.Category, match.Confidence, match.How);
        var day = all.Fields.TryGetValue(FieldNames.Fecha, out var fecha) && DateOnly.TryParseExact(fecha.Value, "yyyy-MM-dd", out var date) ? date : (DateOnly?)null;
        var portals = PortalsOf(ticket, reading, given, merchant.Known);
        var (windows, source) = WindowsOf(reading, merchant.Known, portals);
        return new TicketFacts(
            reading, all.Fields.ToDictionary(f => f.Key, f => f.Value.Value), all.Fields.ToDictionary(f => f.Key, f => f.Value.Confidence),
            all.Fields.Where(f => f.Value.Alternatives.Count > 0).ToDictionary(f => f.Key, f => f.Value.Alternatives), portals, recognised,
            Deadline.From(windows, source, day, all.Fields.GetValueOrDefault(FieldNames.Hora)?.Value, ticket.CreatedAt));
    }

    /// <summary>The ticket's own word, else the merchant's metadata, else what is known of the platform that serves its first portal.</summary>
    private static (IReadOnlyList<Window> Windows, string Source) WindowsOf(TicketReading reading, MerchantMetadata? merchant, List<string> portals)
    {
        if (reading.Window is { } w && new Window(w.Hours, w.Days, w.SameMonth, w.DaysAfterMonth, w.WaitMinutes).Sensible() is { } printed)
        {
            return ([printed], "ticket");
        }

        return merchant?.Windows is { Count: > 0 } known ? (known, "merchant")
            : portals.FirstOrDefault() is { } portal && KnownHosts.PlatformOf(new Uri(portal)) is { } platform ? (MerchantMetadata.Read(platform.Json).Windows, "platform") : ([], "");
    }

    /// <summary>What people gave, the catalogue's, what the ticket prints: in this order, each once, only where the system may go.</summary>
    private List<string> PortalsOf(Ticket ticket, TicketReading reading, Dictionary<string, string> given, MerchantMetadata? merchant) =>
    [
        .. new[] { given.GetValueOrDefault("portal_url"), given.GetValueOrDefault(FieldNames.UrlFacturacion) }.OfType<string>()
            .Concat(ticket.Options.AlternativeUrls).Concat(merchant?.PortalUrls ?? []).Concat(reading.Urls.Where(u => u.IsPortal).Select(u => u.Url))
            .Where(url => egress.Refuse(url) is null).DistinctBy(url => url.TrimEnd('/'), StringComparer.OrdinalIgnoreCase),
    ];

    private static MerchantFacts Facts(MerchantMatch match, (Merchant Merchant, MerchantMetadata Known) merchant) => new(
        match.Id, merchant.Merchant.Nombre, merchant.Known.Rfc, merchant.Known.RequiredFields, merchant.Known.HasCaptcha, match.Confidence, merchant.Known.PortalUrls,
        merchant.Known.Labels.Count > 0 ? merchant.Known.Labels : null);

    private static TicketRead MessageOf(Ticket ticket, TicketFacts facts, MerchantFacts? merchant) => new(
        ticket.Id, ticket.CompanyId, facts.Reading.Readable, facts.Reading.Reason, facts.Fields, facts.Confidence, facts.Alternatives, facts.PortalUrls, merchant,
        facts.Deadline?.AvailableFrom, facts.Deadline?.ClosesAt, new ReadingUsage(facts.Reading.Engine, facts.Reading.Seconds, ticket.StoredBytes), ticket.Revision);
}
