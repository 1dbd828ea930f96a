namespace Invoicing.BrowserAutomation.Engine;

/// <summary>How attempts end, in the words of the contract.</summary>
public static class Endings
{
    public static Move.Stop Stop(string word, string detail, string? field = null, DateTimeOffset? retryAt = null, string? error = null) =>
        new(new Outcome(word, detail, field, retryAt, error));

    /// <summary>A portal's window is the merchant's own; the taxpayer's right outlives it, so the answer tells the way on.</summary>
    public static Move.Stop TooLate(string detail) => Stop(Outcome.FueraDePlazo,
        $"{detail} El plazo del portal no es el legal: pida la factura al comercio dentro del mismo año, con su ticket y con esta respuesta del portal, cuya captura queda guardada. Si la niega, el SAT ofrece sin costo la conciliación de factura.");

    public static Move.Stop GaveUp(History history, string detail) => history.EmitPressed || history.Consulting
        ? Unresolved(history, detail)
        : Stop(Outcome.NoReconocido, detail, error: "stagnation");

    public static Move.Stop FieldRefuses(History history, Mapped field)
    {
        var detail = $"El campo «{Filling.Short(field.Field.Caption)}» del portal no conserva el valor capturado.";
        return history.EmitPressed || history.Consulting ? Unresolved(history, detail) : Stop(Outcome.NoReconocido, detail, field.Canonical, error: "field_refuses");
    }

    public static Move.Stop Down(Snapshot page) =>
        Stop(Outcome.PortalCaido, page.HttpStatus switch
        {
            404 or 410 => $"La página del portal ya no existe ({page.HttpStatus}).",
            403 => "El portal rechazó la visita (403).",
            429 => "El portal pide esperar: recibió demasiadas solicitudes (429).",
            >= 500 => $"El portal respondió con un error ({page.HttpStatus}).",
            _ => "El portal no respondió.",
        }, error: page.HttpStatus > 0 ? $"http_{page.HttpStatus}" : "connection");

    public static Move.Stop ConsultFailed(History history, string detail) => Unresolved(history, detail);

    /// <summary>All was looked at and no file came.</summary>
    public static Move.Stop Unresolved(History history, string? detail = null)
    {
        var missed = history.Count("consult_miss") > 0;
        if (history.SaidInvoiced)
        {
            return history.EmitPressed || (history.Count("was_ours") > 0 && !history.SaidInvoicedBefore)
                ? Stop(Outcome.EmitidaPendiente, "El portal confirma que el ticket ya está facturado, pero todavía no entrega el XML.")
                : missed
                    ? Stop(Outcome.OtroRfc, "El portal dice que el ticket ya fue facturado y no encuentra la factura con el RFC del receptor.")
                    : Stop(Outcome.RequiereHumano, "El portal dice que el ticket ya fue facturado y no ofrece cómo recuperar la factura.", error: "already_invoiced");
        }

        if (history.SaidSuccess && (history.EmitPressed || history.Count("was_ours") > 0))
        {
            return Stop(Outcome.EmitidaPendiente, "El portal dice que la factura se generó, pero todavía no entrega el XML.");
        }

        return Stop(Outcome.Incierto, detail ?? (missed
            ? "El portal no muestra ninguna factura con los datos del ticket; no se vuelve a emitir sin estar seguros."
            : $"No se pudo comprobar si la factura se emitió.{Quote(history)}"));
    }

    /// <summary>What the portal last said in words that mean nothing known, for the person who reads on; empty when it said nothing.</summary>
    public static string Quote(History history) => history.Heard is { } heard ? $" El portal dijo: «{(heard.Length <= 120 ? heard : heard[..120] + "…")}»." : "";
}
