using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/v2/tickets: JSON, or multipart with <c>file</c> and the same names. A picture that was sent before is answered with the ticket it is already.</summary>
public static class SubmitEnhancedTicket
{
    public sealed record Request
    {
        /// <summary>Text, or base64 for imagen, pdf and voz.</summary>
        [Required(ErrorMessage = "raw_data es requerido.")]
        public string? RawData { get; init; }

        [Required(ErrorMessage = "tipo es requerido.")]
        [AllowedValues("imagen", "pdf", "texto", "voz", ErrorMessage = "tipo debe ser imagen, pdf, texto o voz.")]
        public string? Tipo { get; init; }

        public int? UserId { get; init; }

        [StringLength(128, ErrorMessage = "company_id admite hasta 128 caracteres.")]
        public string? CompanyId { get; init; }

        public bool? AutoProcess { get; init; }

        [AllowedValues("baja", "normal", "alta", "urgente", null, ErrorMessage = "priority debe ser baja, normal, alta o urgente.")]
        public string? Priority { get; init; }

        [StringLength(200, ErrorMessage = "merchant_hint admite hasta 200 caracteres.")]
        public string? MerchantHint { get; init; }

        [MaxLength(5, ErrorMessage = "alternative_urls admite hasta 5 direcciones.")]
        public IReadOnlyList<string>? AlternativeUrls { get; init; }

        [Range(0, 10, ErrorMessage = "max_retries debe estar entre 0 y 10.")]
        public int? MaxRetries { get; init; }

        [Range(30, 1800, ErrorMessage = "timeout_seconds debe estar entre 30 y 1800.")]
        public int? TimeoutSeconds { get; init; }

        public bool? CaptchaSolving { get; init; }
        public bool? EnableCaptchaSolving { get; init; }
        public string? NotificationWebhook { get; init; }
        public long? FiscalProfileId { get; init; }

        /// <summary>Texts, numbers or booleans.</summary>
        public IReadOnlyDictionary<string, JsonElement>? PortalFields { get; init; }
    }

    public static async Task<EnhancedTicket> Handle(
        HttpRequest request, Caller caller, TicketsDb db, Intake intake, Duplicates duplicates, JobsDirectory jobs, TenantDirectory tenants, Egress egress, CancellationToken ct)
    {
        var (asked, upload) = request.HasFormContentType ? await EnhancedForm.ReadAsync(request, ct) : (await EnhancedJson.ReadAsync(request, ct), null);
        var company = caller.TenantFor(asked.CompanyId ?? request.Query["company_id"]);
        var options = OptionsOf(asked, egress);
        if (!(await tenants.SettingsAsync(company, ct)).IsOn("enhanced_automation"))
        {
            throw new ProblemException(new Problem(403, "feature_disabled", "La automatización v2 no está activada para esta empresa."));
        }

        if (options.FiscalProfileId is { } profile && await tenants.LacksProfileAsync(company, profile, ct))
        {
            throw new ProblemException(NoProfile(profile));
        }

        upload ??= asked.Tipo == "texto" ? null : EnhancedJson.Decoded(asked.RawData!, asked.Tipo!);
        var submission = SubmissionOf(company, asked, upload, options);
        if (await duplicates.SentBeforeAsync(submission, ct) is { } first)
        {
            return await db.ShownAsync(first, jobs, StatusOf(first), ct);
        }

        var ticket = await intake.TakeAsync(submission, ct);
        await db.SaveChangesAsync(ct);
        return new EnhancedTicket(ticket, Automation.None, null, StatusOf(ticket));
    }

    internal static Problem NoProfile(long id) => Problem.Invalid("/fiscal_profile_id", "unknown_profile", $"La empresa no tiene el perfil fiscal {id}.");

    private static string StatusOf(Ticket ticket) => ticket.JobId is null ? "created" : "queued";

    /// <param name="upload">The file, null for a ticket that was typed.</param>
    internal static Submission SubmissionOf(string company, Request asked, Upload? upload, SubmitOptions options)
    {
        var text = upload is null ? Text(asked.RawData!) : upload.Tipo == Tickets.Tipo.texto ? Text(upload.Text) : null;
        return new Submission(company, asked.UserId, upload?.Tipo ?? Tickets.Tipo.texto, text, upload, options);
    }

    internal static SubmitOptions OptionsOf(Request asked, Egress egress)
    {
        Allowed.Addresses(asked, egress);
        return new SubmitOptions
        {
            AutoProcess = asked.AutoProcess ?? true,
            Priority = asked.Priority is { } priority ? Enum.Parse<Priority>(priority) : Tickets.Priority.normal,
            MerchantHint = asked.MerchantHint,
            AlternativeUrls = asked.AlternativeUrls ?? [],
            MaxRetries = asked.MaxRetries ?? 3,
            TimeoutSeconds = asked.TimeoutSeconds,
            CaptchaSolving = asked.CaptchaSolving ?? asked.EnableCaptchaSolving ?? true,
            NotificationWebhook = asked.NotificationWebhook,
            FiscalProfileId = asked.FiscalProfileId,
            PortalFields = GivenFields.Read(asked.PortalFields, "/portal_fields", egress),
        };
    }

    private static string Text(string text) => string.IsNullOrWhiteSpace(text)
        ? throw new ProblemException(Problem.Invalid("/raw_data", "required", "raw_data no puede estar vacío.")) : SubmitTicket.TypedText(text);
}
