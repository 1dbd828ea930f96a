using System.Diagnostics.Metrics;
using System.Text;
using Invoicing.Tickets.Cloud;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets;

/// <summary>How each kind of ticket is read.</summary>
public sealed class ReceiptForms(Artefacts artefacts, ReceiptReader reader, SecondOpinions opinions)
{
    private static readonly Histogram<double> Durations =
        Telemetry.Meter.CreateHistogram<double>("invoicing.reading.duration", "s", "Seconds to read one ticket, waiting for a free reader included");

    /// <summary>Nothing here understands speech: a ticket that was told holds no values yet, and a person is asked for them.</summary>
    private static readonly TicketReading Spoken = TicketReading.Unreadable("") with { Readable = true, Reason = null };

    /// <exception cref="FileNotFoundException">The ticket's file is gone from the store.</exception>
    public async Task<TicketReading> ReadAsync(Ticket ticket, CancellationToken ct)
    {
        var reading = await opinions.SoughtAsync(ticket, await ReadFormAsync(ticket, ct), ct);
        Durations.Record(reading.Seconds, new KeyValuePair<string, object?>("tipo", ticket.Tipo.ToString()), new KeyValuePair<string, object?>("engine", reading.Engine));
        return reading;
    }

    private async Task<TicketReading> ReadFormAsync(Ticket ticket, CancellationToken ct) => ticket.Tipo switch
    {
        Tipo.voz => Spoken,
        Tipo.texto => await reader.ReadAsync(Encoding.UTF8.GetBytes(ticket.RawData), TicketForm.Text, ct),
        Tipo.pdf => await reader.ReadAsync(await artefacts.ReadAsync(ticket.ImageKey!, ct), TicketForm.Pdf, ct),
        _ => await reader.ReadAsync(await artefacts.ReadAsync(ticket.ImageKey!, ct), TicketForm.Image, ct),
    };
}
