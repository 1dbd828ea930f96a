using System.Xml;
using System.Xml.Linq;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Control;

/// <summary>POST /ConsultaCFDIService.svc: SOAP 1.1 operation Consulta, as SAT's. POST /_control/sat: its delay, and cancellations.</summary>
public static class AskSat
{
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Tempuri = "http://tempuri.org/";
    private static readonly XNamespace Answer = "http://schemas.datacontract.org/2004/07/Sat.Cfdi.Negocio.ConsultaCfdi.Servicio";

    /// <param name="DelaySeconds">From stamping until the CFDI is found.</param>
    /// <param name="Cancel">A CFDI that its issuer cancels, <paramref name="CancelAt"/> or now.</param>
    public sealed record Arrangement(double? DelaySeconds, Guid? Cancel, DateTimeOffset? CancelAt);

    public static async Task<IResult> Handle(HttpRequest request, StatusRegister register, CancellationToken cancellation)
    {
        if (await Expression(request, cancellation) is not { } expression) return Envelope(new XElement(Soap + "Fault", new XElement("faultcode", "s:Client"), new XElement("faultstring", "Solicitud no válida")), 500);
        var status = register.Of(expression);
        return Envelope(new XElement(Tempuri + "ConsultaResponse", new XElement(Tempuri + "ConsultaResult", new XAttribute(XNamespace.Xmlns + "a", Answer),
            new XElement(Answer + "CodigoEstatus", status.Codigo),
            new XElement(Answer + "EsCancelable", status.EsCancelable),
            new XElement(Answer + "Estado", status.Estado),
            new XElement(Answer + "EstatusCancelacion", status.EstatusCancelacion),
            new XElement(Answer + "ValidacionEFOS", status.ValidacionEfos))), 200);
    }

    public static IResult Arrange(Arrangement arrangement, StatusRegister register, Engine.SimulatedClock clock)
    {
        if (arrangement.DelaySeconds is { } seconds) register.Delay = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 60 * 60 * 24 * 30));
        if (arrangement.Cancel is { } uuid) register.Cancel(uuid, arrangement.CancelAt ?? clock.GetUtcNow());
        return Results.Ok(new { delay_seconds = register.Delay.TotalSeconds });
    }

    private static async Task<string?> Expression(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            using var reader = XmlReader.Create(request.Body, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = 20_000 });
            return (await XDocument.LoadAsync(reader, LoadOptions.None, cancellation)).Descendants(Tempuri + "expresionImpresa").FirstOrDefault()?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static IResult Envelope(XElement content, int status) => Results.Content(
        new XElement(Soap + "Envelope", new XAttribute(XNamespace.Xmlns + "s", Soap), new XElement(Soap + "Body", content)).ToString(SaveOptions.DisableFormatting),
        "text/xml; charset=utf-8", statusCode: status);
}
