namespace Invoicing.BrowserAutomation.Engine;

/// <summary>From the address on the ticket to the form: the way in.</summary>
public static class Arrival
{
    private const int MaxRetreats = 4;

    public static Move? WayIn(Snapshot page, Scope scope, Goal goal, History history)
    {
        var best = scope.Controls.Where(c => !c.Disabled && !LeadsAway(c, history) && !history.Spent(page, c) && !history.Presses.IsDeadEnd(c) && !IsOutside(c) && !(history.Typed.Ticket.Count > 0 && !history.Consulting && history.Presses.LedIn(c)))
            .Select(c => (Control: c, Score: Score(page, c, goal, history))).Where(c => c.Score > 0.5).OrderByDescending(c => c.Score).ThenBy(c => c.Control.Order).FirstOrDefault();
        return best.Control is null ? null
            : Pressing.Emits(best.Control, scope, history) ? Pressing.Press(page, scope, best.Control, goal, history)
            : new Move.Press(best.Control, "enter", false, $"Entré por «{best.Control.Caption}».");
    }

    /// <summary>The way in led to a page on which there is no way on: back to the start and by another one. Null when there is none to give up, or the ticket was typed already.</summary>
    public static Move? Retreat(Goal goal, History history)
    {
        if (history.FirstEmitAt is not null || history.Consulting || history.Typed.EverReceptor || history.Typed.Ticket.Count > 0 || !history.Presses.HasLead || history.Bump("retreat") > MaxRetreats)
        {
            return null;
        }

        history.Presses.GiveUpLead();
        return new Move.Navigate(goal.StartUrl, "Ese camino no llevó a la forma de facturar; se prueba otro.");
    }

    // "Nueva factura" begins what has not begun yet.
    private static bool LeadsAway(Control control, History history) => Buttons.LeadsAway(control) && !(Buttons.BeginsAnew(control) && history.Typed.Ticket.Count == 0);

    private static bool LinksToInvoicing(Control control) => Words.Normalise(control.Href) is var href && (href.Contains("factur", StringComparison.Ordinal) || href.Contains("cfdi", StringComparison.Ordinal));

    private static double Score(Snapshot page, Control control, Goal goal, History history)
    {
        var learned = history.Known?.Knows(page, control) == true ? 0.3 : 0;
        var brand = Names(goal).Any(name => Words.Normalise(name).Split(' ').Any(w => w.Length >= 4 && Words.Has(Words.Normalise(control.Caption), w))) ? 0.7 : 0;
        var enter = Buttons.Score(control, "enter");
        var button = control.Kind == "link" ? 0 : 0.04;
        // Words nobody has taught us that speak of invoicing lead there more often than not; those that are known for it come first.
        var speaks = SpeaksOfInvoicing(control) || (control.Text.Length <= 3 && LinksToInvoicing(control)) ? 0.55 : 0;
        var anew = Buttons.BeginsAnew(control) ? 0.6 : 0;
        return new[] { enter, speaks, brand, anew }.Max() + learned + (enter > 0 ? button : 0);
    }

    /// <summary>"Facturar sin usuario", "FACTURA EXPRESS", whatever stands around the word; not what recovers, cancels or replaces.</summary>
    public static bool SpeaksOfInvoicing(Control control) =>
        Words.Normalise(control.Caption).Split(' ').Any(w => w is "cfdi" || w.StartsWith("factur", StringComparison.Ordinal)) && !Buttons.IsDecoy(control) && !Buttons.LeadsAway(control)
        && !Buttons.Is(control, "recover") && !Buttons.Is(control, "download_any") && !Choices.Speaks("dangerous", control.Caption);

    // Several brands under one roof: the ticket's own.
    private static IEnumerable<string> Names(Goal goal) =>
        new[] { goal.MerchantName, goal.Ticket.GetValueOrDefault("marca"), goal.Ticket.GetValueOrDefault("comercio"), goal.Answers.GetValueOrDefault("marca") }.OfType<string>();

    private static bool IsOutside(Control control) =>
        control.Href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || control.Href.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) || control.Href.Contains("wa.me", StringComparison.OrdinalIgnoreCase);
}
