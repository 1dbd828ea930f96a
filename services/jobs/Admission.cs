using Invoicing.Jobs.Db;
using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>Decides what a job that is not running waits for: the reading, a person, or its turn. Needs the job's row locked.</summary>
public sealed class Admission(JobsDb db, TenantDirectory tenants, Egress egress, Patience patience)
{
    public const string FiscalProfile = "fiscal_profile_id";

    /// <summary>Under this confidence a reading is as likely wrong as right, and an attempt with it is a wasted one.</summary>
    private const double Doubtful = .6;

    /// <summary>Ticket data a person can read off the paper; anything else the worker asks on the page itself.</summary>
    internal static readonly HashSet<string> OnPaper =
        ["folio", "fecha", "hora", "total", "sucursal", "caja", "web_id", "codigo_facturacion", "estacion"];

    public async Task AdmitAsync(AutomationJob job, TicketReference ticket, DateTimeOffset now, CancellationToken ct)
    {
        if (job.Phase is not (Phase.reading or Phase.asking or Phase.queued) || ticket.Reading is not { } reading)
        {
            return;
        }

        job.Identify(reading);
        var urls = PortalAddresses.For(job, reading, egress);
        if (!reading.Readable && job.Answers.Count == 0)
        {
            job.Fail(Outcomes.DatosTicketInvalidos, reading.Reason ?? "El ticket no se pudo leer. Envíe una foto más clara.", now);
        }
        else if (await MissingAsync(job, ticket, reading, urls, ct) is var (field, prompt))
        {
            Ask(job, "dato", prompt, field, now);
        }
        else
        {
            job.Queue(PortalAddresses.HostOf(urls[0]), reading.AvailableFrom, now);
        }
    }

    /// <summary>Asks with no worker waiting: an answer starts a new attempt.</summary>
    public void Ask(AutomationJob job, string kind, string prompt, string? field, DateTimeOffset now)
    {
        job.Ask(prompt);
        db.Add(Intervention.For(job, kind, prompt, field, patience.Person, now));
    }

    /// <summary>Every value the worker may type, by field: the client's word wins over the reading, a person's over both.</summary>
    public static IReadOnlyDictionary<string, string> FieldsOf(AutomationJob job, TicketReference ticket) =>
        new[] { ticket.Reading?.Fields, ticket.Submission?.PortalFields, job.Answers }.OfType<IReadOnlyDictionary<string, string>>()
            .SelectMany(f => f).Where(f => f.Key is not (PortalAddresses.Field or FiscalProfile))
            .GroupBy(f => f.Key).ToDictionary(f => f.Key, f => f.Last().Value);

    private async Task<(string Field, string Prompt)?> MissingAsync(
        AutomationJob job, TicketReference ticket, TicketRead reading, IReadOnlyList<string> urls, CancellationToken ct)
    {
        if (urls.Count == 0)
        {
            return (PortalAddresses.Field, "No se conoce el portal de facturación de este comercio. Escriba su dirección web.");
        }

        var fields = FieldsOf(job, ticket);
        if (reading.Merchant?.RequiredFields.FirstOrDefault(f => OnPaper.Contains(f) && string.IsNullOrWhiteSpace(fields.GetValueOrDefault(f))) is { } missing)
        {
            return (missing, $"El portal de {reading.Merchant.Nombre} pide «{missing}» y no se pudo leer en el ticket. Escríbalo.");
        }

        if (reading.Merchant?.RequiredFields.FirstOrDefault(f => OnPaper.Contains(f) && IsDoubtful(f, reading, fields)) is { } doubtful)
        {
            var others = reading.Alternatives.GetValueOrDefault(doubtful) ?? [];
            var or = others.Count == 0 ? "" : $" (también podría ser {string.Join(" o ", others.Take(3).Select(other => $"«{other}»"))})";
            return (doubtful, $"En el ticket, «{doubtful}» se lee con duda «{fields[doubtful]}»{or}. Escríbalo como está impreso.");
        }

        return await tenants.HasFiscalProfileAsync(job.CompanyId, ProfileOf(job), ct)
            ? null
            : (FiscalProfile, "Falta el perfil fiscal con el que se factura. Regístrelo y apruebe, o responda con su id.");
    }

    /// <summary>Read so badly that it is as likely wrong as right, and nobody has said it since.</summary>
    private static bool IsDoubtful(string field, TicketRead reading, IReadOnlyDictionary<string, string> fields) =>
        reading.Confidence.GetValueOrDefault(field, 1) < Doubtful && reading.Fields.TryGetValue(field, out var read) && fields.GetValueOrDefault(field) == read;

    public static long? ProfileOf(AutomationJob job) =>
        job.Answers.TryGetValue(FiscalProfile, out var given) && long.TryParse(given, out var id) ? id : job.FiscalProfileId;
}

/// <summary>How long things wait; from configuration <c>Patience:*</c>.</summary>
public sealed class Patience
{
    /// <summary>For a person, when no page is open.</summary>
    public TimeSpan Person { get; init; } = TimeSpan.FromHours(72);

    /// <summary>For a person, while a worker keeps the page open.</summary>
    public TimeSpan PersonAtPage { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>In the queue.</summary>
    public TimeSpan Queue { get; init; } = TimeSpan.FromDays(7);

    /// <summary>For the ticket to be read.</summary>
    public TimeSpan Reading { get; init; } = TimeSpan.FromHours(2);

    /// <summary>For the files to be verified, before verification is asked for again.</summary>
    public TimeSpan Verification { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For the files to be verified at all, however often that was asked for.</summary>
    public TimeSpan Verified { get; init; } = TimeSpan.FromDays(3);

    /// <summary>For the files of an invoice that was issued, before a person is told that they do not come.</summary>
    public TimeSpan Files { get; init; } = TimeSpan.FromDays(5);

    /// <summary>First and last ceiling of the retries' backoff.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(20);
    public TimeSpan LastRetry { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Attempts at once on one portal address.</summary>
    public int PerHost { get; init; } = 2;
}

/// <summary>How invoices are asked for; from configuration <c>Emission:*</c>.</summary>
public sealed class EmissionPolicy
{
    /// <summary>For every tenant that has not switched the flag <c>supervised_first_emission</c> off; without it only for those that switched it on.</summary>
    public bool SupervisedFirst { get; init; }

    public bool Supervises(Messages.TenantSettings tenant) =>
        SupervisedFirst ? tenant.IsOn("supervised_first_emission") : tenant.IsSwitchedOn("supervised_first_emission");
}
