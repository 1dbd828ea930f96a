namespace Invoicing.Jobs;

/// <summary>What an outcome of the contract's closed set means for the job (http-api.md, "outcome").</summary>
public static class Outcomes
{
    public const string Entregada = "entregada";
    public const string EmitidaPendienteArchivos = "emitida_pendiente_archivos";
    public const string YaFacturadaRecuperada = "ya_facturada_recuperada";
    public const string YaFacturadaOtroRfc = "ya_facturada_otro_rfc";
    public const string TicketNoEncontrado = "ticket_no_encontrado";
    public const string AunNoDisponible = "aun_no_disponible";
    public const string FueraDePlazo = "fuera_de_plazo";
    public const string DatosTicketInvalidos = "datos_ticket_invalidos";
    public const string ReceptorRechazado = "receptor_rechazado";
    public const string RequiereHumano = "requiere_humano";
    public const string PortalCaido = "portal_caido";
    public const string PortalNoReconocido = "portal_no_reconocido";
    public const string ResultadoIncierto = "resultado_incierto";

    public static Next After(string outcome) => outcome switch
    {
        Entregada or YaFacturadaRecuperada => Next.Verify,
        EmitidaPendienteArchivos => Next.AwaitFiles,
        AunNoDisponible => Next.Later,
        RequiereHumano or PortalNoReconocido => Next.AskPerson,
        TicketNoEncontrado or FueraDePlazo or DatosTicketInvalidos or ReceptorRechazado or YaFacturadaOtroRfc => Next.Stop,
        _ => Next.Again,
    };

    /// <summary>Portals forget tickets whose window is over: where that may be why one is not known, the way on is told too.</summary>
    public static string Late(string outcome, string detail, DateTimeOffset closedAt) => outcome != TicketNoEncontrado ? detail
        : $"{detail} El plazo conocido del portal terminó el {MexicoCity.Say(closedAt)}. Si los datos son los del ticket, pida la factura al comercio dentro del mismo año; si la niega, el SAT ofrece sin costo la conciliación de factura.";

    /// <summary>
    /// A consultation after an emission of an earlier attempt that finds nothing proves nothing: portals publish late. Only "someone else was
    /// invoiced" is final.
    /// </summary>
    public static Next AfterEmission(string outcome) => After(outcome) switch
    {
        Next.Stop when outcome != YaFacturadaOtroRfc => Next.Again,
        Next.Later => Next.AwaitFiles,
        var next => next,
    };
}

public enum Next
{
    /// <summary>Files are to be verified before anything is called done.</summary>
    Verify,
    AwaitFiles,

    /// <summary>Transient: again after a backoff, up to max_retries.</summary>
    Again,

    /// <summary>The portal named a time, or will know the ticket later. Not counted as a retry.</summary>
    Later,
    AskPerson,

    /// <summary>The portal's answer is final.</summary>
    Stop,
}
