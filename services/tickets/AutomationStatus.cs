namespace Invoicing.Tickets;

/// <summary>The automation_status words of the contract and the v1 estado each one shows as.</summary>
public static class AutomationStatus
{
    public const string Pendiente = "pendiente";
    public const string EnCola = "en_cola";
    public const string Completado = "completado";
    public const string Fallido = "fallido";

    public static readonly IReadOnlyList<string> All =
    [
        Pendiente, EnCola, "procesando", "ocr_completado", "merchant_identificado", "navegando", "resolviendo_captcha", "llenando_formulario",
        "descarga_pendiente", Completado, Fallido, "requiere_intervencion", "timeout", "cancelado",
    ];

    public static Estado EstadoOf(string status) => status switch
    {
        Pendiente or EnCola => Estado.pendiente,
        Completado => Estado.completado,
        Fallido or "timeout" or "cancelado" => Estado.fallido,
        _ => Estado.procesando,
    };
}
