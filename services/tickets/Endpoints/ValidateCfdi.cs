using System.Globalization;
using Invoicing.Fiscal;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/v2/cfdi/validate: judges an XML, alone or against what it must match. Nothing is kept.</summary>
public static class ValidateCfdi
{
    private const int MaxXml = 5 * 1024 * 1024;

    public sealed record Part(CheckStatus Status);

    public sealed record Response(
        bool Valid, string? Version, string? Uuid, string? EmisorRfc, string? ReceptorRfc, decimal? Total, DateTime? Fecha, Part Seal, Part Stamp,
        IReadOnlyList<CfdiCheck> Checks);

    public static async Task<Response> Handle(
        HttpRequest request, string? company_id, Caller caller, TicketsDb db, Acceptance acceptance, TenantDirectory tenants, CancellationToken ct)
    {
        if (request.HasJsonContentType())
        {
            throw new ProblemException(Problems.ForStatus(415));
        }

        var form = request.IsMultipart() ? await FormReading.ReadAsync(request) : FormCollection.Empty;
        string? Given(string name) => form[name].ToString() is { Length: > 0 } field ? field : request.Query[name].ToString() is { Length: > 0 } query ? query : null;
        var xml = form.SentFile() is { } file ? await file.BytesAsync(ct) : request.IsMultipart() ? [] : await request.BodyAsync(MaxXml, ct);
        var ticketId = Given("ticket_id") is { } text ? Parsed("ticket_id", text, long.TryParse(text, out var id), id) : (long?)null;
        var expected = ticketId is { } of
            ? await OfTicketAsync(await db.SeenByAsync(of, caller, company_id, ct), tenants, ct)
            : OfFields(Given("receptor_rfc"), Given("total"), Given("fecha"));
        var cfdi = await acceptance.VerifyAsync(xml, expected, ct);
        return new Response(cfdi.Valid, cfdi.Version, cfdi.Uuid, cfdi.EmisorRfc, cfdi.ReceptorRfc, cfdi.Total, cfdi.Fecha, new Part(cfdi.Seal), new Part(cfdi.Stamp), cfdi.Checks);
    }

    private static async Task<CfdiExpectation> OfTicketAsync(Ticket ticket, TenantDirectory tenants, CancellationToken ct)
    {
        var receptor = await tenants.ReceptorAsync(ticket.CompanyId, ticket.Options.FiscalProfileId, ct);
        return new CfdiExpectation { ReceptorRfc = receptor?.Rfc, Total = ticket.Total, Compra = ticket.Compra };
    }

    private static CfdiExpectation? OfFields(string? rfc, string? total, string? fecha)
    {
        if (rfc is null && total is null && fecha is null)
        {
            return null;
        }

        return new CfdiExpectation
        {
            ReceptorRfc = rfc,
            Total = total is null ? null : Parsed("total", total, decimal.TryParse(total, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount), amount),
            Compra = fecha is null ? null : Parsed("fecha", fecha, DateOnly.TryParse(fecha.Split('T')[0], CultureInfo.InvariantCulture, out var day), day),
        };
    }

    private static T Parsed<T>(string name, string text, bool good, T value) =>
        good ? value : throw new ProblemException(Problem.Invalid(name, "invalid_value", $"«{(text.Length > 40 ? text[..40] : text)}» no es un valor de {name}."));
}
