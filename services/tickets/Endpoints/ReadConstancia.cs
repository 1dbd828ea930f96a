using Invoicing.Fiscal;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Endpoints;

/// <summary>
/// POST /invoicing/v2/fiscal/constancia: the fiscal profile a Constancia de Situación Fiscal (PDF with a text layer) proposes. Nothing is kept: a
/// person confirms or corrects it and sends it to POST /v2/tenants/{company_id}/fiscal-profiles.
/// </summary>
public static class ReadConstancia
{
    public sealed record Profile(string? Rfc, string? Nombre, string? CodigoPostal, string? RegimenFiscal, string? UsoCfdi);

    public sealed record Choice(string Key, string Text);

    /// <param name="Profile">Null fields were not found.</param>
    /// <param name="Regimenes">All in force; the profile proposes the first.</param>
    /// <param name="Reasons">What a person has to look at, by field.</param>
    public sealed record Response(Profile Profile, IReadOnlyList<Choice> Regimenes, IReadOnlyList<FieldProblem> Reasons);

    public static async Task<Response> Handle(HttpRequest request, Caller caller, CancellationToken ct)
    {
        var form = request.IsMultipart() ? await FormReading.ReadAsync(request) : FormCollection.Empty;
        var bytes = form.SentFile() is { } file ? await file.BytesAsync(ct) : request.IsMultipart() ? [] : await request.BodyAsync(Upload.MaxBytes, ct);
        using var pdf = await PdfReader.OpenAsync(bytes, ct);
        var constancia = pdf.Reason is null ? Constancia.Read(pdf.Rows.Select(r => r.Text)) : null;
        return constancia is null ? throw new ProblemException(Refusal(pdf)) : Propose(constancia);
    }

    private static Problem Refusal(PdfPages pdf) => new(422, "not_a_constancia", pdf.Reason ?? (pdf.Rows.Count == 0
        ? "El PDF no tiene texto, solo imágenes. Envíe la constancia como la descargó del SAT o capture los datos."
        : "El PDF no es una Constancia de Situación Fiscal del SAT."));

    private static Response Propose(Constancia read)
    {
        var regimen = read.Regimenes.Count > 0 ? read.Regimenes[0] : null;
        var uso = regimen is not null && UsoCfdi.All["G03"].Regimenes.Contains(regimen.Key) ? "G03" : "S01";
        var profile = new Profile(read.Rfc, read.Nombre, read.CodigoPostal, regimen?.Key, uso);
        var reasons = FiscalProfileRules.Check(profile.Rfc, profile.Nombre, profile.CodigoPostal, profile.RegimenFiscal, uso, null)
            .Select(p => new FieldProblem("/" + p.Field, p.Code, p.Detail)).ToList();
        reasons.Add(new("/uso_cfdi", "uso_no_impreso", $"La constancia no dice el uso del CFDI; se propone {uso} ({UsoCfdi.All[uso].Text})."));
        if (read.Regimenes.Count > 1)
        {
            reasons.Add(new("/regimen_fiscal", "varios_regimenes", "La constancia tiene varios regímenes vigentes; elija el de estas compras."));
        }

        if (read.Estatus is { } status && !status.StartsWith("ACTIV", StringComparison.OrdinalIgnoreCase) && !status.StartsWith("REACTIV", StringComparison.OrdinalIgnoreCase))
        {
            reasons.Add(new("/rfc", "estatus_no_activo", $"El estatus en el padrón es {status}: el SAT puede rechazar facturas a este RFC."));
        }

        return new Response(profile, [.. read.Regimenes.Select(r => new Choice(r.Key, r.Text))], reasons);
    }
}
