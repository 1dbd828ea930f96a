using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Liebana;

/// <summary>POST api/solicitud «Generar factura»: takes the request; its folio is shown this once.</summary>
public static class RequestInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket || !visit.Session.Values.TryGetValue("rfc", out var rfc)) return No("Busca primero tu ticket");
        if (Typed.Missing(visit, ("cp", "Código postal"), ("correo", "Correo electrónico"), ("regimen", "Régimen fiscal"), ("uso", "Uso de CFDI")) is { } label) return No($"{label}: campo requerido");
        var issued = desk.Issue(ticket, new(rfc, Name(visit, rfc), visit.Field("cp"), visit.Field("regimen"), visit.Field("uso"), visit.Field("correo")));
        if (issued.Refusal is { } refusal) return No($"Revisa tus datos. {refusal}");
        if (issued.Emission is not { } emission) return No("Ya existe una solicitud en proceso");
        mail.Send(emission, emission.Receptor.Correo, LiebanaPortal.ByMail);
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, mensaje = "Recibimos tu solicitud. Tu factura se enviará por correo en 3 a 5 días", folio_solicitud = FolioOf(emission.Uuid) });
    }

    /// <summary>The number by which a request is asked for later.</summary>
    internal static string FolioOf(Guid uuid) => $"SOL-{uuid.ToString("N")[..8].ToUpperInvariant()}";

    private static string Name(Visit visit, string rfc) => rfc.Length == 12
        ? visit.Field("razon")
        : string.Join(' ', new[] { visit.Field("nombres"), visit.Field("paterno"), visit.Field("materno") }.Where(part => part.Length > 0));

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });
}
