using System.Text.Json.Serialization;

namespace Invoicing.Tickets;

[JsonConverter(typeof(JsonStringEnumConverter<Tipo>))]
public enum Tipo
{
    imagen,
    pdf,
    texto,
    voz,
}

/// <summary>The four states v1 clients know.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Estado>))]
public enum Estado
{
    pendiente,
    procesando,
    completado,
    fallido,
}

[JsonConverter(typeof(JsonStringEnumConverter<Priority>))]
public enum Priority
{
    baja,
    normal,
    alta,
    urgente,
}

/// <summary>
/// A purchase ticket of a tenant: pendiente -> procesando -> completado | fallido, following its job; a job run again opens it again.
/// <c>completado</c> is only ever reached with an accepted CFDI.
/// </summary>
public sealed partial class Ticket
{
    public required long Id { get; init; }
    public required string CompanyId { get; init; }
    public int? UserId { get; init; }
    public required Tipo Tipo { get; init; }

    /// <summary>The ticket's text, or the address of its file.</summary>
    public required string RawData { get; init; }

    public string? ImageKey { get; init; }
    public string? ContentType { get; init; }
    public string? FileName { get; init; }

    /// <summary>Of the file's bytes; null for what was typed, and for tickets from before it was kept.</summary>
    public string? FileSha256 { get; init; }

    public long StoredBytes { get; init; }
    public string? WhatsappMessageId { get; init; }
    public required SubmitOptions Options { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public Estado Estado { get; private set; } = Estado.pendiente;
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>What the v1 dashboards poll for: the reading is still under way.</summary>
    public bool Processing => ReadAt is null && Tipo != Tipo.voz;

    /// <summary>v1 word for how far the ticket is.</summary>
    public string ProcessingStatus => Estado switch
    {
        Estado.completado => "completado",
        Estado.fallido => "error",
        _ when JobId is null => "sin_jobs",
        Estado.procesando => "procesando",
        _ => "pendiente",
    };

    private void Turn(Estado estado, DateTimeOffset now)
    {
        Estado = estado;
        UpdatedAt = now;
    }
}
