namespace Invoicing.BrowserAutomation;

/// <summary>How an attempt ended: one word of the contract's closed set and a Spanish sentence for the person who sent the ticket.</summary>
/// <param name="Field">The datum at fault, when there is one.</param>
/// <param name="RetryAt">When the portal itself named a time.</param>
/// <param name="ErrorType">Stable word for operators, for example <c>http_502</c>.</param>
public sealed record Outcome(string Word, string Detail, string? Field = null, DateTimeOffset? RetryAt = null, string? ErrorType = null)
{
    public const string Entregada = "entregada";
    public const string EmitidaPendiente = "emitida_pendiente_archivos";
    public const string Recuperada = "ya_facturada_recuperada";
    public const string OtroRfc = "ya_facturada_otro_rfc";
    public const string NoEncontrado = "ticket_no_encontrado";
    public const string AunNo = "aun_no_disponible";
    public const string FueraDePlazo = "fuera_de_plazo";
    public const string DatosInvalidos = "datos_ticket_invalidos";
    public const string ReceptorRechazado = "receptor_rechazado";
    public const string RequiereHumano = "requiere_humano";
    public const string PortalCaido = "portal_caido";
    public const string NoReconocido = "portal_no_reconocido";
    public const string Incierto = "resultado_incierto";
}
