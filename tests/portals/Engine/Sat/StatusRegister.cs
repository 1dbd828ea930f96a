using System.Collections.Concurrent;
using System.Globalization;
using Invoicing.Portals.Engine.Ledger;
using Microsoft.AspNetCore.WebUtilities;

namespace Invoicing.Portals.Engine.Sat;

/// <summary>What SAT's status service says of a CFDI.</summary>
public sealed record CfdiStatus(string Codigo, string Estado, string EsCancelable = "", string EstatusCancelacion = "", string ValidacionEfos = "");

/// <summary>How long SAT usually takes to know a CFDI that was stamped.</summary>
public sealed record SatPatience(TimeSpan Usual);

/// <summary>SAT's register: a CFDI appears some time after it was stamped, and may be cancelled later.</summary>
public sealed class StatusRegister(TicketLedger ledger, SimulatedClock clock, SatPatience patience)
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _cancelled = new();
    private TimeSpan? _delay;

    /// <summary>Between stamping and <c>Vigente</c>.</summary>
    public TimeSpan Delay { get => _delay ?? patience.Usual; set => _delay = value; }

    public void Cancel(Guid uuid, DateTimeOffset from) => _cancelled[uuid] = from;

    public void Clear()
    {
        _delay = null;
        _cancelled.Clear();
    }

    /// <param name="expression">The query part of the address in the QR, e.g. <c>?id=…&amp;re=…&amp;rr=…&amp;tt=…&amp;fe=…</c>.</param>
    public CfdiStatus Of(string expression)
    {
        var asked = new QueryCollection(QueryHelpers.ParseQuery(expression.Replace("&amp;", "%26", StringComparison.Ordinal)));
        if (!Guid.TryParse(asked["id"], out var uuid) || !decimal.TryParse(asked["tt"], CultureInfo.InvariantCulture, out var total))
            return new("N - 601: La expresión impresa proporcionada no es válida.", "No Encontrado");
        var emission = ledger.Emissions().FirstOrDefault(known => known.Uuid == uuid);
        if (emission is null || emission.EmittedAt + Delay > clock.GetUtcNow()
            || asked["re"] != emission.Ticket.Merchant.Rfc || asked["rr"] != emission.Receptor.Rfc || total != emission.Tickets.Sum(ticket => ticket.Total))
            return new("N - 602: Comprobante no encontrado.", "No Encontrado");
        return _cancelled.TryGetValue(uuid, out var from) && from <= clock.GetUtcNow()
            ? new("S - Comprobante obtenido satisfactoriamente.", "Cancelado", "Cancelable sin aceptación", "Cancelado sin aceptación", "200")
            : new("S - Comprobante obtenido satisfactoriamente.", "Vigente", "Cancelable sin aceptación", "", "200");
    }
}
