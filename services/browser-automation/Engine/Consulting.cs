namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Looking for an invoice that exists: the portal's own way to recover it, else the ticket typed again to hear "ya facturado".</summary>
public static class Consulting
{
    private const int MaxPages = 12;

    // Letters in which forms of one word agree: "reimprimirla", "Reimpresión".
    private const int Stem = 5;
    private static readonly string[] Onward = ["emit", "maybe_emit", "advance", "confirm", "new_receptor"];

    public static Move Next(Snapshot page, Goal goal, History history, DateTimeOffset now)
    {
        var scope = Scope.Of(page, goal, history);
        if (scope.Dialog is not null)
        {
            return (history.OnRecovery && scope.HasForm && AsksOnlyWhich(scope) && IsAnswerable(scope) ? Filling.Next(page, scope, goal, history) ?? Search(page, scope, history) : null) ?? DialogMoves.Next(page, scope, goal, history, now);
        }

        if (scope.Login && Account.Login(page, scope, goal, history) is { } login)
        {
            return login;
        }

        var asks = history.RecoverPressed || history.OnRecovery || scope.Controls.Any(c => c.Kind != "link" && !c.Disabled && scope.FirstOrder >= 0 && c.Order > scope.FirstOrder && Buttons.Score(c, "recover") > 0.6 && !IsTicketsOwn(c, page, history))
            || scope.Ticks.Any(t => t.Kind == FieldKind.Radio && Choices.Speaks("radio_consult", t.Caption));
        if (asks && scope.HasForm && !Emits(scope) && IsAnswerable(scope))
        {
            return Filling.Next(page, scope, goal, history) ?? Search(page, scope, history) ?? Replies.Standing(page, goal, history, now) ?? Elsewhere(page, scope, goal, history);
        }

        return WayToRecover(page, scope, history) ?? NextPage(page, scope, history) ?? ListGrows(page, scope, history) ?? Elsewhere(page, scope, goal, history);
    }

    // A list in pages, newest first: an invoice made long ago is on one of the later ones.
    private static Move? NextPage(Snapshot page, Scope scope, History history)
    {
        if (!history.RecoverPressed || scope.HasForm || history.EmitPressed || history.Count("was_ours") > 0 || page.Pending > 0)
        {
            return null;
        }

        var next = page.Controls.Where(c => !c.Disabled && int.TryParse(c.Text, out var n) && n is > 1 and <= MaxPages && history.Count("page:" + c.Text) == 0).OrderBy(c => c.Order).FirstOrDefault();
        if (next is null)
        {
            return null;
        }

        history.Bump("page:" + next.Text);
        return new Move.Press(next, "page", false, $"Abrí la página {next.Text} de la lista de facturas.");
    }

    // A list of invoices in which ours is not yet: portals add the row a while after the emission. Where the emission is certain, the next attempt looks.
    private static Move? ListGrows(Snapshot page, Scope scope, History history)
    {
        if (!history.RecoverPressed || scope.HasForm || (!history.EmitPressed && history.Count("was_ours") == 0))
        {
            return null;
        }

        if (history.Bump("list") > (history.SaidSuccess ? 3 : 10))
        {
            // Looked at right after the press it may be too early; looked at again later and still not there, a person decides.
            return history.Count("was_ours") > 0 && !history.SaidInvoiced
                ? Endings.Stop(Outcome.RequiereHumano, "La factura no aparece en la lista del portal después de esperarla; no se vuelve a emitir sin que una persona lo revise.", error: "not_listed")
                : Endings.Unresolved(history);
        }

        var list = history.Count("list") % 2 == 0 ? page.Controls.Where(c => !c.Disabled && Buttons.Score(c, "recover") > 0.6).OrderByDescending(c => Buttons.Score(c, "recover")).FirstOrDefault() : null;
        return list is null ? new Move.Wait(3000, "Se espera a que la factura aparezca en la lista.") : new Move.Press(list, "recover", false, $"Abrí otra vez «{list.Caption}».");
    }

    /// <summary>The search said "none". After an emission of ours the portal may be late: once more, then the ticket itself is asked.</summary>
    public static Move AfterMiss(Goal goal, History history) => history.Count("consult_miss") switch
    {
        1 when history.EmitPressed => new Move.Navigate(goal.StartUrl, "El portal todavía no muestra la factura; se consulta otra vez."),
        _ when !history.Reentering => Reenter(goal, history),
        _ => Endings.Unresolved(history),
    };

    public static Move FromStart(Goal goal, History history)
    {
        history.Bump("consult_start");
        return new Move.Navigate(goal.StartUrl, "Volví al inicio del portal para consultar la factura.");
    }

    private static Move? WayToRecover(Snapshot page, Scope scope, History history)
    {
        var way = page.Controls.Where(c => !c.Disabled && c.Dialog is null && !AsksUnknown(scope, c) && Buttons.Score(c, "recover") > 0.6 && !history.Spent(page, c) && !(c.Kind != "submit" && history.Pressed(c)) && !(c.Kind != "link" && scope.HasForm && c.Order > scope.FirstOrder && IsTicketsOwn(c, page, history)))
            .OrderByDescending(c => Buttons.Score(c, "recover")).FirstOrDefault() ?? page.Controls.FirstOrDefault(c => !c.Disabled && c.Dialog is null && IsNamed(c, history) && !Pressing.Emits(c, scope, history) && !history.Spent(page, c) && !history.Pressed(c));
        return way is null ? null : new Move.Press(way, "recover", false, $"Abrí «{way.Caption}» para buscar la factura.");
    }

    // "Revise el estatus de su solicitud": the portal's own word for where invoices that exist are, whatever it is.
    private static bool IsNamed(Control control, History history) =>
        Words.Normalise(control.Caption).Split(' ').FirstOrDefault(w => w.Length >= Stem && !Messages.IsNoun(w)) is { } word && history.ToldOfInvoice.Split(' ').SkipWhile(w => !Messages.IsNoun(w) && !w.StartsWith("factur", StringComparison.Ordinal)).Any(w => w.StartsWith(word[..Stem], StringComparison.Ordinal))
        && control.Kind != "submit" && !Buttons.LeadsAway(control) && !Onward.Any(role => Buttons.Is(control, role));

    // The button of a search that cannot be filled in: its "no" would be about nothing.
    private static bool AsksUnknown(Scope scope, Control control) =>
        control.Kind != "link" && scope.HasForm && !IsAnswerable(scope) && scope.FirstOrder >= 0 && control.Order > scope.FirstOrder;

    private static Move? Search(Snapshot page, Scope scope, History history)
    {
        var best = scope.Controls.Where(c => !c.Disabled && c.Order > scope.FirstOrder && !scope.SendsNothing(c) && !Buttons.LeadsAway(c) && !history.Spent(page, c))
            .Select(c => (Control: c, Score: new[] { Buttons.Score(c, "recover"), 0.95 * Buttons.Score(c, "advance"), 0.7 * Buttons.Score(c, "confirm"), 0.7 * Buttons.Score(c, "download_any"), c.Kind == "submit" ? 0.5 : 0, GivesIt(c, scope, history), history.OnRecovery && AsksOnlyWhich(scope) && Pressing.OnlyWay(scope) == c ? 0.45 : 0 }.Max()))
            .Where(c => c.Score > 0.4).OrderByDescending(c => c.Score).FirstOrDefault();
        return best.Control is null ? null : new Move.Press(best.Control, "search", false, $"Busqué la factura con «{best.Control.Caption}».");
    }

    // "Obtener mi factura" on the page for invoices that exist, which asks nothing an emission would need.
    private static double GivesIt(Control control, Scope scope, History history) =>
        history.OnRecovery && AsksOnlyWhich(scope) ? 0.6 * Buttons.Score(control, "maybe_emit") : 0;

    // "Consultar venta" under the form for a sale, where something else on the page speaks of invoices that exist.
    private static bool IsTicketsOwn(Control control, Snapshot page, History history) => !SpeaksOfInvoices(control)
        && page.Controls.Any(c => c is { Kind: "link", Disabled: false, Dialog: null } && Buttons.Score(c, "recover") > 0.6 && SpeaksOfInvoices(c) && !history.Spent(page, c) && !history.Pressed(c));

    private static bool SpeaksOfInvoices(Control control) => Words.Normalise(control.Caption).Split(' ').Any(w => w.StartsWith("factur", StringComparison.Ordinal) || w.StartsWith("cfdi", StringComparison.Ordinal) || w.StartsWith("comprobante", StringComparison.Ordinal));

    // Which invoice it is, and nothing more that an emission would need.
    private static bool AsksOnlyWhich(Scope scope) => !scope.Map.Any(m => m.Group == "receptor" && m.Canonical is not ("rfc" or "homoclave" or "correo"));

    private static Move Elsewhere(Snapshot page, Scope scope, Goal goal, History history)
    {
        if (page.Busy || page.Pending > 0 || (history is { Waits: < 2, Last: Move.Press or Move.Wait or Move.Navigate }))
        {
            return history.Waits < 20 ? new Move.Wait(1000, "Se espera la respuesta del portal.") : Endings.Unresolved(history);
        }

        if (history.Count("consult_start") == 0)
        {
            return FromStart(goal, history);
        }

        if (!scope.HasForm && Arrival.WayIn(page, scope, goal, history) is { } enter)
        {
            return enter;
        }

        return history.Bump("reenter") == 1 ? Reenter(goal, history) : Endings.Unresolved(history);
    }

    private static Move.Navigate Reenter(Goal goal, History history)
    {
        history.BeginConsult();
        history.Reentering = true;
        return new Move.Navigate(goal.StartUrl, "Se vuelve a capturar el ticket, sin emitir, para saber si ya está facturado.");
    }

    // A search that asks what the ticket does not carry (a folio given once, long ago) cannot be made, and its "no" would mean nothing.
    private static bool IsAnswerable(Scope scope)
    {
        var forms = scope.Open.Where(m => m.Wanted is not null).Select(m => m.Field.Form).ToHashSet();
        return scope.Open.All(m => m.Wanted is not null || m.Field.Value.Length > 0 || m.Group is "captcha" || m.Field.Kind is FieldKind.Select or FieldKind.Combo
            || (m.Field.Form >= 0 && forms.Count > 0 && !forms.Contains(m.Field.Form)) || Words.Normalise(m.Field.Caption).Contains("opcional", StringComparison.Ordinal));
    }

    private static bool Emits(Scope scope) =>
        scope.Controls.Any(c => c.Kind != "link" && c.Order > scope.FirstOrder && (Buttons.Score(c, "emit") > 0.6 || Buttons.Score(c, "maybe_emit") > 0.9) && !Buttons.Is(c, "recover"));
}
