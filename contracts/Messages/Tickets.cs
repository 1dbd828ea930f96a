namespace Invoicing.Messages;

// What the tickets service says. Shipped records only gain optional fields and never move: namespace + name is the exchange.

/// <summary>A ticket was stored, its image (if any) is in the artefact store. Follows: reading, and a job when <see cref="JobId"/> is given.</summary>
/// <param name="JobId">Even number drawn by tickets; null when the client asked for no automation.</param>
/// <param name="Tipo">imagen, pdf, texto or voz.</param>
/// <param name="Priority">baja, normal, alta or urgente.</param>
/// <param name="PortalFields">Canonical or portal-specific ticket values the client already knows; they win over what is read.</param>
public sealed record TicketSubmitted(
    long TicketId, string CompanyId, string Tipo, long? JobId, string Priority, int MaxRetries, int TimeoutSeconds, bool CaptchaSolving,
    IReadOnlyList<string> AlternativeUrls, IReadOnlyDictionary<string, string> PortalFields, long? FiscalProfileId,
    string? NotificationWebhook, string? MerchantHint, string? BatchId, DateTimeOffset SubmittedAt, bool Legacy = false,
    int? BatchIndex = null, string? BatchItemKey = null);

/// <summary>A ticket was read, or read again after a person corrected it. With no portal address a person is asked for one.</summary>
/// <param name="Readable">False: nothing usable was seen; <see cref="Reason"/> is a Spanish sentence asking for what is missing.</param>
/// <param name="Fields">Canonical field → value (folio, fecha, total, web_id, …), dates yyyy-MM-dd, amounts with two decimals and a point.</param>
/// <param name="Alternatives">Other readings of a doubtful field (O/0, 1/I…), best first.</param>
/// <param name="PortalUrls">Addresses to try in order.</param>
/// <param name="Merchant">What the catalogue knows of the merchant, null when it is unknown.</param>
public sealed record TicketRead(
    long TicketId, string CompanyId, bool Readable, string? Reason, IReadOnlyDictionary<string, string> Fields,
    IReadOnlyDictionary<string, double> Confidence, IReadOnlyDictionary<string, IReadOnlyList<string>> Alternatives,
    IReadOnlyList<string> PortalUrls, MerchantFacts? Merchant, DateTimeOffset? AvailableFrom, DateTimeOffset? ClosesAt, ReadingUsage Usage,
    int Revision = 0);

/// <param name="RequiredFields">Canonical fields the merchant's portal asks for, empty when unknown.</param>
/// <param name="PortalUrls">The merchant's own addresses as the catalogue has them, not what a ticket prints; null in messages from before there were any.</param>
/// <param name="Labels">Canonical field → labels under which the merchant's portal asks for it, beside those that are known in general; null when there are none.</param>
public sealed record MerchantFacts(
    long Id, string Nombre, string? Rfc, IReadOnlyList<string> RequiredFields, bool HasCaptcha, double Confidence, IReadOnlyList<string>? PortalUrls = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Labels = null);

/// <summary>What reading one ticket consumed, for billing.</summary>
public sealed record ReadingUsage(string Engine, double Seconds, long StoredBytes);

/// <summary>The ticket's v1 state changed (pendiente, procesando, completado, fallido). For whoever wants to know.</summary>
[Broadcast]
public sealed record TicketChanged(long TicketId, string CompanyId, string Estado, string? Reason, DateTimeOffset At);

/// <summary>A CFDI was verified in full and belongs to the ticket: the only way to <c>completado</c>.</summary>
/// <param name="Uuid">Upper case, 36 characters.</param>
/// <param name="XmlKey">Artefact key of the original bytes.</param>
public sealed record CfdiAccepted(
    long TicketId, long? JobId, string CompanyId, string Uuid, string EmisorRfc, string ReceptorRfc, decimal Total, DateTimeOffset At,
    string XmlKey, string? PdfKey, int? Attempt = null);

/// <summary>The file delivered for a job is not a CFDI of this ticket.</summary>
/// <param name="Code">Code of the first failed check, for example <c>total_distinto</c>.</param>
/// <param name="Reason">Spanish sentence.</param>
public sealed record CfdiRefused(long TicketId, long JobId, string CompanyId, int Attempt, string Code, string Reason, DateTimeOffset At);

/// <summary>Tickets, files and documents were deleted as <see cref="ForgetData"/> asked, some at a time.</summary>
/// <param name="More">This was not all; the rest follows.</param>
public sealed record TicketsForgotten(
    string? ErasureId, string CompanyId, DateTimeOffset Before, bool OpenToo, int Tickets, int Files, bool More, DateTimeOffset At);
