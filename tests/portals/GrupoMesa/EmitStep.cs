using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GrupoMesa;

/// <summary>POST api/facturar: the name is put together from what was typed; two links answer, good for ten minutes.</summary>
public static class EmitStep
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, MailRoom mail, MailedLinks links, SimulatedClock clock)
    {
        if (visit.Session.Ticket is not { } ticket || !visit.Session.Values.TryGetValue("rfc", out var rfc) || !visit.Session.Values.ContainsKey("fecha"))
            return new StepReply(40, "Complete los pasos anteriores").Json();
        if (Typed.Missing(visit, ("cp", "Código postal"), ("regimen", "Régimen"), ("uso", "Uso"), ("correo", "Correo")) is { } label)
            return new StepReply(41, $"{label} es obligatorio").Json();
        var receptor = new Receptor(rfc, Name(visit, rfc), visit.Field("cp"), visit.Field("regimen"), visit.Field("uso"), visit.Field("correo"));
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return new StepReply(50, refusal).Json();
        if (issued.Emission is not { } emission) return new StepReply(24, "El ticket ya fue facturado anteriormente").Json();
        mail.Send(emission, receptor.Correo, GrupoMesaPortal.ByMail);
        return visit.LosesAnswer(ticket) ? Results.Empty : Files(emission, links, clock).Json();
    }

    /// <summary>Emitted, with the links; empty ones while the files are not there.</summary>
    internal static StepReply Files(Emission emission, MailedLinks links, SimulatedClock clock)
    {
        var now = clock.GetUtcNow();
        string Link(bool xml) => emission.XmlFrom > now ? "" : $"/cfdi/{links.Make(emission, xml, now, TimeSpan.FromMinutes(10))}";
        return new(99, "¡Listo! Tu factura se generó correctamente", new { uuid = emission.FileName, pdf = Link(false), xml = Link(true) });
    }

    private static string Name(Visit visit, string rfc) => rfc.Length == 12
        ? visit.Field("razon")
        : string.Join(' ', new[] { visit.Field("nombres"), visit.Field("paterno"), visit.Field("materno") }.Where(part => part.Length > 0));
}
