using Invoicing.Messages;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Cloud;

/// <summary>
/// Shows a photograph to an engine outside where our own is in doubt of a value that invoicing needs: only for tenants that switched one on and gave
/// their key for it, Google's OCR first, then Claude. Whatever goes wrong there leaves the local reading as it was.
/// </summary>
public sealed class SecondOpinions(TenantDirectory tenants, Artefacts artefacts, GoogleVision google, ClaudeVision claude, ILogger<SecondOpinions> log)
{
    private const double Sure = .85;

    /// <summary>More pixels cost more and are read no better.</summary>
    private const int LongSide = 1600;

    private static readonly string[] Numbers = [.. Sighting.Numbers, FieldNames.WebId, FieldNames.Ticket];

    public async Task<TicketReading> SoughtAsync(Ticket ticket, TicketReading local, CancellationToken ct)
    {
        if (ticket.Tipo is not (Tipo.imagen or Tipo.pdf) || !IsInDoubt(local))
        {
            return local;
        }

        var settings = await tenants.SettingsAsync(ticket.CompanyId, ct);
        var model = settings.IsSwitchedOn(ClaudeVision.Name) && settings.Asks(ClaudeVision.Name, "vision") ? settings.Said(ClaudeVision.Name, "model") : null;
        var googleKey = settings.IsSwitchedOn(GoogleVision.Name) ? await KeyAsync(ticket.CompanyId, GoogleVision.Name, ct) : null;
        var claudeKey = model is null ? null : await KeyAsync(ticket.CompanyId, ClaudeVision.Name, ct);
        if ((googleKey ?? claudeKey) is null)
        {
            return local;
        }

        using var photo = await PhotoAsync(ticket, local, ct);
        if (photo is null)
        {
            return local;
        }

        var (jpeg, reading) = (photo.Jpeg(), local);
        if (googleKey is not null)
        {
            reading = Weighed(reading, GoogleVision.Name, await google.AskAsync(jpeg, photo.Width, photo.Height, local.Codes, googleKey, ct), reads: true);
        }

        return claudeKey is not null && IsInDoubt(reading) ? Weighed(reading, ClaudeVision.Name, await claude.AskAsync(jpeg, model!, claudeKey, ct), reads: false) : reading;
    }

    /// <summary>Day, total or every number of the sale is missing or unsure, or an RFC that was read.</summary>
    private static bool IsInDoubt(TicketReading reading)
    {
        double Confidence(string name, double absent) => reading.Fields.TryGetValue(name, out var field) ? field.Confidence : absent;
        return !reading.Readable || Confidence(FieldNames.Fecha, 0) < Sure || Confidence(FieldNames.Total, 0) < Sure
            || Confidence(FieldNames.RfcEmisor, 1) < Sure || Numbers.Max(name => Confidence(name, 0)) < Sure;
    }

    private static TicketReading Weighed(TicketReading reading, string engine, Opinion? opinion, bool reads)
    {
        if (opinion is null)
        {
            return reading with { Opinions = [.. reading.Opinions, new SecondOpinion(engine, "unanswered", [])] };
        }

        var (fields, settled) = CrossCheck.Weigh(reading.Fields, opinion.Fields, reading.Text, reads);
        var readable = reading.Readable || (opinion.Text.Length > 0 && fields.Count > 0);
        return reading with
        {
            Readable = readable, Reason = readable ? null : reading.Reason, Text = reading.Text.Length > 0 ? reading.Text : opinion.Text,
            Fields = readable ? fields : reading.Fields, Urls = reading.Urls.Count > 0 ? reading.Urls : opinion.Urls, Engine = $"{reading.Engine}+{engine}",
            Opinions = [.. reading.Opinions, new SecondOpinion(engine, settled.Count > 0 ? "used" : "no_help", settled)], Cloud = reading.Cloud.Plus(opinion.Usage),
        };
    }

    private async Task<string?> KeyAsync(string companyId, string name, CancellationToken ct)
    {
        try
        {
            return (await tenants.ServiceSecretAsync(companyId, name, ct))?.GetValueOrDefault("key");
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
        {
            log.LogWarning("tenant-config does not answer ({Error}); nobody is asked about the ticket", e.GetType().Name);
            return null;
        }
    }

    /// <summary>Upright, as far as our own reading found out. Null for what cannot be opened, and for a PDF that has its letters in it.</summary>
    private async Task<Photo?> PhotoAsync(Ticket ticket, TicketReading local, CancellationToken ct)
    {
        var bytes = await artefacts.ReadAsync(ticket.ImageKey!, ct);
        if (ticket.Tipo == Tipo.pdf)
        {
            using var pages = await PdfReader.OpenAsync(bytes, ct);
            return pages.Rows.Count == 0 && pages.Photos.Count > 0 ? pages.Photos[0].Within(LongSide) : null;
        }

        using var photo = Photo.Open(bytes).Photo;
        using var small = photo?.Within(LongSide);
        return small?.Turned(local.Places.Values.FirstOrDefault()?.Turn ?? 0);
    }
}
