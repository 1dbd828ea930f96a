using Invoicing.Messages;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>A ticket as it arrives, by whatever door.</summary>
/// <param name="Text">What was typed; null when there is a file.</param>
public sealed record Submission(string CompanyId, int? UserId, Tipo Tipo, string? Text, Upload? File, SubmitOptions Options, string? WhatsappMessageId = null);

/// <summary>Turns submissions into ticket, file and TicketSubmitted. The caller saves: all of it is one commit.</summary>
public sealed class Intake(TicketsDb db, Artefacts artefacts, TenantDirectory tenants, TimeProvider time)
{
    private static readonly TimeZoneInfo Mexico = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");

    private readonly Queue<Numbers> reserved = new();

    /// <summary>Draws the ids of many tickets at once; what is not used is lost, which harms nobody.</summary>
    public async Task ReserveAsync(int count, CancellationToken ct)
    {
        foreach (var numbers in await db.DrawNumbersAsync(count, ct))
        {
            reserved.Enqueue(numbers);
        }
    }

    /// <exception cref="ProblemException">429 when the tenant's daily limit refuses instead of waiting; 413 when its storage is full.</exception>
    public async Task<Ticket> TakeAsync(Submission submission, CancellationToken ct)
    {
        var settings = await tenants.SettingsAsync(submission.CompanyId, ct);
        if (submission.Options.AutoProcess)
        {
            await EnsureWithinDayAsync(settings, ct);
        }

        var ticket = await MakeAsync(submission, settings, ct);
        db.Add(ticket);
        db.Publish(MessageOf(ticket, settings), ticket.CreatedAt);
        return ticket;
    }

    /// <summary>The ticket with its file kept, for a caller that has looked at the tenant's day, stores the row and says TicketSubmitted itself.</summary>
    /// <exception cref="ProblemException">413 when the tenant's storage is full.</exception>
    public async Task<Ticket> MakeAsync(Submission submission, TenantSettings settings, CancellationToken ct)
    {
        if (submission.File is { Tipo: not Tipo.texto } sent)
        {
            artefacts.EnsureRoom(submission.CompanyId, settings.StorageQuotaMb, sent.Bytes.Length);
        }

        var numbers = reserved.TryDequeue(out var drawn) ? drawn : (await db.DrawNumbersAsync(1, ct))[0];
        var file = submission.File is { Tipo: not Tipo.texto } upload
            ? await artefacts.PutAsync(submission.CompanyId, upload.FileName, upload.ContentType, upload.Bytes, ct) : null;
        var ticket = TicketOf(submission, numbers.Ticket, file, time.GetUtcNow());
        var legacy = !settings.IsOn("enhanced_automation");
        ticket.Queue(submission.Options.AutoProcess ? numbers.Job : null, legacy, ticket.CreatedAt);
        return ticket;
    }

    private static Ticket TicketOf(Submission submission, long id, StoredFile? file, DateTimeOffset now) => new()
    {
        Id = id,
        CompanyId = submission.CompanyId,
        UserId = submission.UserId,
        Tipo = submission.Tipo,
        RawData = file is null ? submission.Text ?? submission.File?.Text ?? ""
            : submission.Tipo == Tipo.imagen ? $"/invoicing/tickets/{id}/image" : $"/invoicing/v2/tickets/{id}/file",
        ImageKey = file?.Key,
        ContentType = file?.ContentType,
        FileName = file?.FileName,
        FileSha256 = file?.Sha256,
        StoredBytes = file?.Size ?? 0,
        WhatsappMessageId = submission.WhatsappMessageId,
        Options = submission.Options,
        CreatedAt = now,
    };

    /// <summary>What is said of the ticket, now or when somebody asks later.</summary>
    public static TicketSubmitted MessageOf(Ticket ticket, TenantSettings settings)
    {
        var options = ticket.Options;
        return new TicketSubmitted(
            ticket.Id, ticket.CompanyId, ticket.Tipo.ToString(), ticket.JobId, options.Priority.ToString(), options.MaxRetries,
            options.TimeoutSeconds ?? settings.CustomTimeoutSeconds, options.CaptchaSolving, options.AlternativeUrls, options.PortalFields,
            options.FiscalProfileId, options.NotificationWebhook, options.MerchantHint, options.BatchId, ticket.CreatedAt, ticket.IsLegacy,
            options.BatchIndex, options.BatchItemKey);
    }

    private async Task EnsureWithinDayAsync(TenantSettings settings, CancellationToken ct)
    {
        if (settings.DailyLimitPolicy != "reject")
        {
            return;
        }

        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), Mexico);
        var midnight = local.AddTicks(-local.TimeOfDay.Ticks).ToUniversalTime();
        var today = await db.Tickets.CountAsync(t => t.CompanyId == settings.CompanyId && t.JobId != null && t.CreatedAt >= midnight, ct);
        if (today + db.Tickets.Local.Count(t => t.JobId != null) >= settings.MaxDailyJobs)
        {
            throw new ProblemException(new Problem(429, "daily_quota_exceeded", $"Se alcanzó el máximo de {settings.MaxDailyJobs} trabajos por día.")
            {
                RetryAfter = midnight.AddDays(1) - local,
            });
        }
    }
}
