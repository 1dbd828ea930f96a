namespace Invoicing.BrowserAutomation.Engine;

/// <summary>From the address on the ticket to the form: the way in.</summary>
public static class Arrival
{
    public static Move? WayIn(Snapshot page, Scope scope, Goal goal, History history)
    {
        var best = scope.Controls.Where(c => !c.Disabled && !Buttons.LeadsAway(c) && !history.Spent(page, c) && !IsOutside(c))
            .Select(c => (Control: c, Score: Score(page, c, goal, history))).Where(c => c.Score > 0.5).OrderByDescending(c => c.Score).ThenBy(c => c.Control.Order).FirstOrDefault();
        return best.Control is null ? null
            : Pressing.Emits(best.Control, scope, history) ? Pressing.Press(page, scope, best.Control, goal, history)
            : new Move.Press(best.Control, "enter", false, $"Entré por «{best.Control.Caption}».");
    }

    private static double Score(Snapshot page, Control control, Goal goal, History history)
    {
        var learned = history.Known?.Presses.GetValueOrDefault(Recipe.PageKey(page)) == Words.Normalise(control.Caption) ? 0.3 : 0;
        var brand = Names(goal).Any(name => Words.Normalise(name).Split(' ').Any(w => w.Length >= 4 && Words.Has(Words.Normalise(control.Caption), w))) ? 0.7 : 0;
        var enter = Buttons.Score(control, "enter");
        var button = control.Kind == "link" ? 0 : 0.04;
        // Words nobody has taught us that speak of invoicing lead there more often than not; those that are known for it come first.
        var speaks = SpeaksOfInvoicing(control) ? 0.55 : 0;
        return Math.Max(Math.Max(enter, speaks), brand) + learned + (enter > 0 ? button : 0);
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
