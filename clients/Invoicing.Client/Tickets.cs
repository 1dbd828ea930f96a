using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Invoicing.Client;

/// <summary>Purchase tickets: sent in, read, and with their CFDI once there is one.</summary>
public sealed class Tickets
{
    private readonly Transport api;

    internal Tickets(Transport api) => this.api = api;

    /// <summary>A photograph (JPEG, PNG, WebP), a PDF or a text file. Its job is <see cref="Ticket.AutomationJobId"/>.</summary>
    /// <param name="idempotencyKey">The same key and file again give the same ticket, for 24 hours.</param>
    public async Task<Ticket> SubmitAsync(string fileName, byte[] content, TicketOptions? options = null, string? idempotencyKey = null, CancellationToken ct = default)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.Of(fileName));
        form.Add(file, "file", fileName);
        form.Add(new StringContent(MediaTypes.TipoOf(fileName)), "tipo");
        foreach (var (name, value) in Given(options))
        {
            form.Add(new StringContent(value), name);
        }

        return await api.PostAsync<Ticket>("/invoicing/v2/tickets", form, idempotencyKey, ct);
    }

    /// <summary>A ticket's text, as typed or received in a message.</summary>
    public Task<Ticket> SubmitTextAsync(string text, TicketOptions? options = null, string? idempotencyKey = null, CancellationToken ct = default)
    {
        var fields = new Dictionary<string, string>(Given(options)) { ["raw_data"] = text, ["tipo"] = "texto" };
        return api.PostAsync<Ticket>("/invoicing/v2/tickets", new FormUrlEncodedContent(fields), idempotencyKey, ct);
    }

    public Task<Ticket> GetAsync(long id, CancellationToken ct = default) => api.GetAsync<Ticket>($"/invoicing/v2/tickets/{id}", ct);

    /// <summary>Newest first, all pages.</summary>
    /// <param name="status">automation_status words, comma separated.</param>
    public IAsyncEnumerable<Ticket> ListAsync(string? status = null, DateTimeOffset? createdAfter = null, int pageSize = 100, CancellationToken ct = default) =>
        api.ListAsync<Ticket>(Query.Of("/invoicing/v2/tickets", ("status", status), ("created_after", createdAfter), ("limit", pageSize)), ct);

    /// <summary>The bytes behind one of the ticket's addresses: <see cref="Invoice.XmlUrl"/>, <see cref="Invoice.PdfUrl"/>.</summary>
    public async Task<byte[]> DownloadAsync(string url, CancellationToken ct = default)
    {
        using var answer = await api.SendAsync(HttpMethod.Get, url, null, ct);
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    private static IEnumerable<KeyValuePair<string, string>> Given(TicketOptions? options) =>
        options is null ? [] : JsonSerializer.SerializeToElement(options, Transport.Json).EnumerateObject()
            .Select(p => KeyValuePair.Create(p.Name, p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()));
}

/// <summary>How a ticket is to be worked; what is left out has the API's defaults.</summary>
public sealed record TicketOptions
{
    /// <summary>baja, normal, alta, urgente</summary>
    public string? Priority { get; init; }

    public bool? AutoProcess { get; init; }

    public string? MerchantHint { get; init; }

    public int? FiscalProfileId { get; init; }

    /// <summary>0 to 10.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>30 to 1800.</summary>
    public int? TimeoutSeconds { get; init; }

    public bool? CaptchaSolving { get; init; }

    public string? NotificationWebhook { get; init; }
}

public sealed record Ticket
{
    public required long Id { get; init; }

    public required string CompanyId { get; init; }

    public long? AutomationJobId { get; init; }

    /// <summary>Only right after creation, and only true: the same picture had been sent before, and this is the ticket it became then.</summary>
    public bool? Duplicate { get; init; }

    /// <summary>imagen, pdf, texto, voz</summary>
    public required string Tipo { get; init; }

    /// <summary>pendiente, procesando, completado, fallido. <c>completado</c> means a verified XML in hand.</summary>
    public required string Estado { get; init; }

    public required string AutomationStatus { get; init; }

    public string? MerchantName { get; init; }

    public IReadOnlyDictionary<string, string?> ExtractedFields { get; init; } = new Dictionary<string, string?>();

    /// <summary>0 to 1 by field.</summary>
    public IReadOnlyDictionary<string, double> FieldConfidence { get; init; } = new Dictionary<string, double>();

    public string? Outcome { get; init; }

    /// <summary>Why it ended or what it waits for: a sentence in Spanish.</summary>
    public string? OutcomeDetail { get; init; }

    public Deadline? Deadline { get; init; }

    public Invoice? Invoice { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The merchant's window for invoicing the purchase.</summary>
public sealed record Deadline(DateTimeOffset? AvailableFrom, DateTimeOffset? ClosesAt, string Source);

/// <param name="Fecha">The CFDI's own date, local time without a zone.</param>
public sealed record Invoice(string Uuid, string XmlUrl, string? PdfUrl, string EmisorRfc, string ReceptorRfc, decimal Total, string Fecha, InvoiceValidation Validation);

public sealed record InvoiceValidation(bool Valid, IReadOnlyList<CfdiCheck> Checks);

/// <param name="Status">valid, warning, unverified, invalid</param>
public sealed record CfdiCheck(string Code, string Status, string Detail);
