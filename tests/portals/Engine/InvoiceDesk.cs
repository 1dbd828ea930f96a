using System.Globalization;
using Invoicing.Portals.Engine.Faults;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pac;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Engine;

public enum Standing
{
    Open,
    NotFound,
    NotYet,
    Expired,
    Invoiced,
}

/// <summary>What the merchant's books say of the ticket asked for; <paramref name="When"/> is the date that a not-yet or expired answer names.</summary>
public sealed record Lookup(Standing Standing, Ticket? Ticket, DateTimeOffset? When = null);

/// <summary>What came of asking for an invoice: an emission, or a refusal in the stamping service's words, or neither when the ticket had one.</summary>
public sealed record Issued(Emission? Emission, string? Refusal = null);

/// <summary>What every portal asks behind its pages: find the ticket, invoice it once, find its invoice again.</summary>
public sealed class InvoiceDesk(TicketLedger ledger, CfdiPac pac, FaultBoard faults, SimulatedClock clock)
{
    public Lookup LookUp(Merchant merchant, Func<Ticket, bool> printed)
    {
        var now = clock.GetUtcNow();
        var ticket = ledger.Find(merchant, printed);
        if (ticket is null || Strike(merchant, "not_found", ticket) is not null) return new(Standing.NotFound, null);
        if (Strike(merchant, "not_yet", ticket) is { } early) return new(Standing.NotYet, ticket, Until(early) ?? now.AddHours(2));
        if (Strike(merchant, "expired", ticket) is not null) return new(Standing.Expired, ticket, now.AddDays(-1));
        if (Strike(merchant, "already", ticket) is { } already) InvoiceBefore(ticket, already.Value ?? "same_rfc");
        if (ticket.Invoiced && !faults.Holds(merchant.Portal, "double_submit", ticket)) return new(Standing.Invoiced, ticket);
        if (ticket.AvailableFrom > now) return new(Standing.NotYet, ticket, ticket.AvailableFrom);
        return ticket.Deadline < now ? new(Standing.Expired, ticket, ticket.Deadline) : new(Standing.Open, ticket);
    }

    /// <param name="formaPago">What was chosen on the page; null for the ticket's own.</param>
    public Issued Issue(Ticket ticket, Receptor receptor, string? formaPago = null) => IssueTogether([ticket], receptor, formaPago);

    /// <summary>One CFDI for several tickets of a merchant, or none if one of them has its own.</summary>
    public Issued IssueTogether(IReadOnlyList<Ticket> tickets, Receptor receptor, string? formaPago = null)
    {
        var (portal, first) = (tickets[0].Merchant.Portal, tickets[0]);
        if (faults.Strike(portal, "sat_reject", first) is { } reject) return new(null, StampingRules.RefusalOf(reject.Value ?? "rfc"));
        if (StampingRules.Refusal(receptor) is { } refusal) return new(null, refusal);
        var later = faults.Strike(portal, "partial", first);
        var again = faults.Holds(portal, "double_submit", first);
        if (again && first.Invoiced) faults.Strike(portal, "double_submit", first);
        // Taken one inside the other in one order everywhere, so that two carts with the same tickets cannot wait for each other.
        Func<Emission?> stamp = () => Stamp(tickets, receptor, "portal", later, formaPago);
        foreach (var ticket in tickets.OrderByDescending(ticket => ticket.Id, StringComparer.Ordinal))
        {
            var inner = stamp;
            stamp = () => ticket.Invoice(inner, again);
        }

        return new(stamp());
    }

    /// <summary>The ticket's CFDI if it is this RFC's; null otherwise.</summary>
    public Emission? Recover(Merchant merchant, string rfc, Func<Ticket, bool> printed)
    {
        var ticket = ledger.Find(merchant, printed);
        if (ticket is null) return null;
        if (Strike(merchant, "already", ticket) is { } already) InvoiceBefore(ticket, already.Value ?? "same_rfc");
        if (ticket.InvoicedToWhoeverAsks && TaxpayerRegistry.Find(rfc) is { } asking) InvoiceBefore(ticket, asking);
        return ticket.Emissions.FirstOrDefault(emission => emission.Receptor.Rfc == rfc);
    }

    /// <summary>A CFDI of before: an hour after the purchase, if that is past.</summary>
    public void InvoiceBefore(Ticket ticket, Taxpayer to) =>
        ticket.InvoiceBefore(() => Stamp([ticket], to.AsReceptor(), "prior", null, null));

    /// <param name="whom"><c>same_rfc</c>, <c>same_rfc:RFC</c> or <c>other_rfc</c>, optionally <c>other_rfc:RFC</c>.</param>
    private void InvoiceBefore(Ticket ticket, string whom)
    {
        var rfc = whom.Contains(':', StringComparison.Ordinal) ? whom[(whom.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;
        if (rfc is not null && TaxpayerRegistry.Find(rfc) is { } named) InvoiceBefore(ticket, named);
        else if (whom.StartsWith("other", StringComparison.Ordinal)) InvoiceBefore(ticket, TaxpayerRegistry.SomebodyElse(ticket.Merchant.Rfc));
        else if (ticket.Emissions.Count == 0) ticket.MarkInvoicedToWhoeverAsks();
    }

    private Emission Stamp(IReadOnlyList<Ticket> tickets, Receptor receptor, string origin, Fault? later, string? formaPago)
    {
        var now = clock.GetUtcNow();
        var anHourAfter = tickets[0].PurchasedAt.AddHours(1);
        var emission = pac.Stamp(tickets, receptor, origin == "prior" && anHourAfter < now ? anHourAfter : now, origin, formaPago);
        return later is null ? emission : emission with { XmlFrom = now.AddSeconds(Seconds(later.Value) ?? 60) };
    }

    private Fault? Strike(Merchant merchant, string kind, Ticket ticket) => faults.Strike(merchant.Portal, kind, ticket);

    private static DateTimeOffset? Until(Fault fault) =>
        DateTimeOffset.TryParse(fault.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) ? until : null;

    private static double? Seconds(string? value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
