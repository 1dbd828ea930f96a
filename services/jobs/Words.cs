namespace Invoicing.Jobs;

/// <summary>automation_jobs.estado: the word operators query by.</summary>
public enum Estado
{
    pendiente,
    en_progreso,
    completado,
    fallido,
    cancelado,
    pausado,
}

public enum Priority
{
    baja,
    normal,
    alta,
    urgente,
}

/// <summary>Where a job really is; <see cref="Estado"/> and automation_status follow from it.</summary>
public enum Phase
{
    /// <summary>A tenant without automation: run only when a person says so.</summary>
    manual,

    /// <summary>The ticket is being read.</summary>
    reading,

    /// <summary>In the queue, from next_attempt_at on.</summary>
    queued,

    /// <summary>Handed out; no worker has taken the lease yet.</summary>
    dispatched,

    /// <summary>A worker holds the lease.</summary>
    running,

    /// <summary>A worker keeps the page open for a person's answer.</summary>
    waiting,

    /// <summary>A person is asked and no worker waits.</summary>
    asking,

    /// <summary>The files are with tickets for verification.</summary>
    verifying,

    /// <summary>Invoice emitted, files not here: consulted again later, or closed by mail.</summary>
    awaiting_files,

    /// <summary>Paused by a user.</summary>
    paused,

    /// <summary>Cancelled, the worker's last word is still to come.</summary>
    stopping,

    closed,
}

/// <summary>automation_status words of the contract.</summary>
public static class Status
{
    public const string Pendiente = "pendiente";
    public const string EnCola = "en_cola";
    public const string Procesando = "procesando";
    public const string DescargaPendiente = "descarga_pendiente";
    public const string Completado = "completado";
    public const string Fallido = "fallido";
    public const string RequiereIntervencion = "requiere_intervencion";
    public const string Timeout = "timeout";
    public const string Cancelado = "cancelado";

    /// <summary>What a worker may report while it runs, with how far along that is (percent).</summary>
    public static IReadOnlyDictionary<string, int> OfWorker { get; } = new Dictionary<string, int>
    {
        [Procesando] = 15, ["ocr_completado"] = 15, ["merchant_identificado"] = 20, ["navegando"] = 30, ["resolviendo_captcha"] = 55,
        ["llenando_formulario"] = 60, [DescargaPendiente] = 85,
    };

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>([Pendiente, EnCola, .. OfWorker.Keys, Completado, Fallido, RequiereIntervencion, Timeout, Cancelado]);
}
