namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What the portal has just said → what follows.</summary>
public static partial class Replies
{
    public static Move? Next(Snapshot page, Goal goal, History history, DateTimeOffset now)
    {
        if (history.Last is null or Move.Navigate or Move.Consult or Move.Fill or Move.Choose or Move.Tick && page.Native.Count == 0)
        {
            return history.Last is null or Move.Navigate or Move.Consult ? OnArrival(page, history, now) : null;
        }

        var fresh = history.Fresh(page);
        history.Hear(fresh);
        return Telling(Messages.All(fresh), history).Select(m => Of(m, page, goal, history, now)).FirstOrDefault(m => m is not null);
    }

    // Looks at a page that asks for patience.
    private const int Patience = 40;

    // A success is not undone by a hint beside it; a page that asks to be left open has not said its last word.
    private static IEnumerable<Meaning> Telling(IReadOnlyList<Meaning> said, History history) =>
        history.EmitPressed && history.Waits < Patience && said.Any(m => m.Class == "espera") ? said.Where(m => m.Class is "espera" or "ya_facturado" or "otro_rfc" or "receptor")
        : history.EmitPressed && said.Any(m => m.Class is "exito" or "correo") ? said.Where(m => m.Class is "exito" or "correo" or "ya_facturado" or "otro_rfc") : said;

    /// <summary>Nothing is left to do: what stands on the page is the answer, even if it stood there before.</summary>
    public static Move? Standing(Snapshot page, Goal goal, History history, DateTimeOffset now) =>
        Messages.All(page.Notices.Where(n => !history.IsRule(n.Text)).Select(n => (n.Text, true)).Concat(page.Dialogs.Select(d => (d.Text, false)))).Select(m => Of(m, page, goal, history, now)).FirstOrDefault(m => m is not null);

    private static Move? OnArrival(Snapshot page, History history, DateTimeOffset now)
    {
        var down = page.Fields.Count > 0 ? null : Messages.All(history.Fresh(page)).FirstOrDefault(m => m.Class == "portal");
        return down is null ? null : history.EmitPressed || history.Consulting ? Endings.ConsultFailed(history, $"El portal no está disponible: «{Quote(down)}».")
            : Endings.Stop(Outcome.PortalCaido, $"El portal dice: «{Quote(down)}».", retryAt: Messages.Moment(down.Text, now), error: "maintenance");
    }

    private static Move? Of(Meaning said, Snapshot page, Goal goal, History history, DateTimeOffset now)
    {
        if ((said.Sensed && !MayBelieve(said, history)) || IsNewCustomer(said, page, goal, history))
        {
            return null;
        }

        // "Los datos fiscales no coinciden": as the answer to what emits, the receptor's and not the ticket's.
        if (said.Class == "no_encontrado" && history is { EmitPressed: true, Consulting: false } && Senses.Of(said.Text) is { Class: "receptor" } refused)
        {
            said = refused;
        }

        if (!history.Consulting && Refuses(said, page, goal))
        {
            history.RefuteEmission();
        }

        if (said.Class is "exito" or "correo" && history.EmitPressed && !history.Consulting && Preview.IsOn(page, goal, history))
        {
            return null;
        }

        if (said.Class == "espera")
        {
            return history.EmitPressed && history.Waits < Patience ? new Move.Wait(1500, "El portal pide esperar en la página.") : null;
        }

        if (said.Class is "exito" or "correo" && page.Dialogs.Any(d => d.Text.Contains('?', StringComparison.Ordinal) && d.Text.Contains(said.Text, StringComparison.Ordinal)))
        {
            return null;
        }

        // "Código incorrecto" before any ticket was typed can only mean the challenge.
        if (said.Class is "no_encontrado" or "formato" && history.Typed.Captcha && history.Typed.Ticket.Count == 0)
        {
            return CaptchaMoves.Wrong(page, goal, history);
        }

        return said.Class switch
        {
            "captcha" => CaptchaMoves.Wrong(page, goal, history),
            "otro_rfc" => Endings.Stop(Outcome.OtroRfc, $"El portal dice: «{Quote(said)}».", "rfc"),
            "ya_facturado" => Invoiced(said, page, goal, history),
            "reservado" => Endings.Stop(Outcome.AunNo, $"El portal dice: «{Quote(said)}».", retryAt: now.AddMinutes(30)),
            "sesion" => history.Bump("session") <= 2 ? new Move.Navigate(goal.StartUrl, "La sesión del portal expiró; se empieza de nuevo.") : Endings.Stop(Outcome.PortalCaido, "El portal pierde la sesión una y otra vez.", error: "session"),
            "receptor" when history.Typed.Receptor.Count > 0 => Endings.Stop(Outcome.ReceptorRechazado, $"El portal rechazó los datos fiscales: «{Quote(said)}».", said.Field),
            "portal" => OnTrouble(said, history, now),
            "fuera_de_plazo" => Endings.TooLate($"Venció el plazo del portal: «{Quote(said)}».{On(Messages.Moment(said.Text, now) is { } end && end < now ? end : null)}"),
            "aun_no" => Endings.Stop(Outcome.AunNo, $"El portal dice: «{Quote(said)}».", retryAt: Messages.Moment(said.Text, now) ?? now.AddHours(1)),
            "otra_marca" => Endings.Stop(Outcome.DatosInvalidos, $"El portal dice: «{Quote(said)}».", said.Field),
            "validacion_fallida" => Unclear(said, goal, history, now),
            "no_encontrado" => NotFound(said, page, goal, history),
            "no_facturado" => history.Consulting ? NotFound(said, page, goal, history) : null,
            "atencion" when history.Consulting && history.Typed.Any => Endings.Stop(Outcome.RequiereHumano, $"El portal no entrega la factura en línea: «{Quote(said)}».", error: "ask_merchant"),
            "falta" or "formato" => Asking.OnComplaint(said, page, goal, history) ?? (Senses.Of(said.Text) is { Class: "no_encontrado" } && !history.EmitPressed ? NotFound(said, page, goal, history) : null),
            "correo" when history.EmitPressed || history.Consulting => ByMail(page, history),
            "exito" => Succeeded(history),
            _ => null,
        };
    }

    // "RFC no registrado. Captura tus datos": before anything was emitted the portal does not know the customer yet, which is no refusal.
    private static bool IsNewCustomer(Meaning said, Snapshot page, Goal goal, History history) => said is { Class: "receptor", Field: "rfc" } && history.FirstEmitAt is null
        && (page.Dialogs.Where(d => d.Text.Contains(said.Text, StringComparison.Ordinal)).Select(d => d.Text).Append(said.Text).Any(t => Invites().IsMatch(Words.Normalise(t))) || FieldMap.Of(page.Fields, goal).Any(m => m.Canonical is "razon_social" or "codigo_postal" && m.Field.Open && m.Wanted is not null && !Filling.IsWritten(m)));

    [System.Text.RegularExpressions.GeneratedRegex(@"primera vez|cliente nuevo|nuevo cliente|(captur|registr|ingres|complet|llen|proporcion|escrib)\w* (tus|sus|los|el resto de|tu|su) ")]
    private static partial System.Text.RegularExpressions.Regex Invites();

    // What emits was pressed: words that are only guessed at undo nothing, but for the receptor, of whom nothing is said before.
    private static bool MayBelieve(Meaning said, History history) => history.Consulting ? said.Class != "receptor" : history.EmitPressed == (said.Class == "receptor");

    // "Falta…" over a form that was emptied after success must not open the way to a second emission: only over our own data.
    private static bool Refuses(Meaning said, Snapshot page, Goal goal) =>
        said.Class is "receptor" or "captcha" or "no_encontrado" or "fuera_de_plazo" or "aun_no" or "validacion_fallida"
        || (said.Class is "falta" or "formato" && page.Fields.Any(f => Words.Code(f.Value) == Words.Code(goal.Receptor.Rfc)));

    private static Move? Invoiced(Meaning said, Snapshot page, Goal goal, History history)
    {
        history.HeardInvoiced(said.Text);
        if (Collecting.Offers(page, goal, history))
        {
            return null;
        }

        return history.Consulting && history.Reentering ? Endings.Unresolved(history)
            : history.Consulting ? null : new Move.Consult("El portal dice que el ticket ya está facturado; se busca la factura.");
    }

    private static Move? OnTrouble(Meaning said, History history, DateTimeOffset now) =>
        history.EmitPressed && !history.Consulting ? new Move.Consult("El portal falló después de emitir; se consulta si la factura existe.")
            : history.Consulting ? Endings.ConsultFailed(history, $"El portal dice: «{Quote(said)}».")
            : Endings.Stop(Outcome.PortalCaido, $"El portal dice: «{Quote(said)}».", retryAt: Messages.Moment(said.Text, now), error: "portal_message");

    // The same words for a ticket that does not exist and for one of today: the purchase's day tells them apart.
    private static Move? Unclear(Meaning said, Goal goal, History history, DateTimeOffset now)
    {
        if (!history.Consulting && goal.PurchasedOn is { } day && now - new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.FromHours(-6)) < TimeSpan.FromHours(24))
        {
            return Endings.Stop(Outcome.AunNo, $"El portal todavía no conoce el ticket: «{Quote(said)}».", retryAt: now.AddHours(12));
        }

        return NotFound(said, Snapshot.Empty, goal, history);
    }

    private static Move? NotFound(Meaning said, Snapshot page, Goal goal, History history)
    {
        if (history.Consulting && !history.Typed.Any)
        {
            return null;
        }

        if (history.Consulting)
        {
            history.Bump("consult_miss");
            return history.SaidInvoiced || history.Reentering ? Endings.Unresolved(history) : Consulting.AfterMiss(goal, history);
        }

        return Asking.OtherReading(page, goal, history) ?? Asking.LeftBlank(page, goal, history) ?? (Move)Endings.Stop(Outcome.NoEncontrado, $"El portal no encuentra el ticket: «{Quote(said)}».");
    }

    private static Move? ByMail(Snapshot page, History history)
    {
        if (history.Consulting && !history.EmitPressed && history.Count("was_ours") == 0 && !history.SaidInvoiced)
        {
            return null;
        }

        // Shown once: the person who must claim the file needs it.
        var receipt = page.Lines.FirstOrDefault(l => Words.Normalise(l) is var words && (words.Contains("folio de solicitud", StringComparison.Ordinal) || words.Contains("numero de transaccion", StringComparison.Ordinal)) && l.Any(char.IsAsciiDigit));
        return Endings.Stop(Outcome.EmitidaPendiente, $"El portal aceptó la solicitud y enviará la factura por correo.{(receipt is null ? "" : $" {receipt}")}");
    }

    private static Move? Succeeded(History history)
    {
        history.SaidSuccess |= history.EmitPressed;
        return null;
    }

    private static string On(DateTimeOffset? date) => date is { } d ? $" Fecha límite: {d.ToOffset(TimeSpan.FromHours(-6)):dd/MM/yyyy}." : "";

    private static string Quote(Meaning said) => said.Text.Length <= 200 ? said.Text : said.Text[..200] + "…";
}
