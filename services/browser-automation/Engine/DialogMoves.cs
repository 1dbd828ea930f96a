namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A dialog on top of the page: filled when it asks, confirmed when it concerns our data, closed when it only tells.</summary>
public static class DialogMoves
{
    private static readonly string[] Preferred = ["new_receptor", "confirm", "advance", "emit", "maybe_emit", "close", "enter"];

    public static Move Next(Snapshot page, Scope scope, Goal goal, History history, DateTimeOffset now)
    {
        var dialog = scope.Dialog!;
        if (Choices.Speaks("dangerous", dialog.Text) && scope.Controls.Any(c => Buttons.Is(c, "confirm") || Buttons.Is(c, "advance")))
        {
            return Refuse(page, scope, history) ?? Ignore(dialog, history);
        }

        if ((scope.HasForm || scope.Ticks.Count > 0 ? Filling.Next(page, scope, goal, history) : DrawnChoices.Next(scope, goal, history)) is { } fill)
        {
            return fill;
        }

        // Opened again by a page that was entered anew: closed again.
        bool Spent(Control c) => history.Spent(page, c) && !(history.Consulting && !history.Pressed(c));
        var mine = scope.Controls.FirstOrDefault(c => Buttons.Is(c, "saved_receptor") && Words.Code(c.Row).Contains(Words.Code(goal.Receptor.Rfc), StringComparison.Ordinal) && !Spent(c));
        var best = mine ?? Preferred.SelectMany(role => scope.Controls.Where(c => Buttons.Score(c, role) > 0.6 && !Buttons.IsDecoy(c)).OrderByDescending(c => Buttons.Score(c, role))).FirstOrDefault(c => !Spent(c));
        best ??= OnlyWay(page, scope, history);
        if (best is { Disabled: true })
        {
            return history.Bump("reveal:" + Words.Normalise(dialog.Text)) <= 2 ? new Move.Reveal(dialog.Index, "Leí el aviso hasta el final.") : Ignore(dialog, history);
        }

        if (best is not null)
        {
            return Pressing.Press(page, scope, best, goal, history);
        }

        return history.Waits < 2 ? new Move.Wait(600, "Se espera el aviso del portal.") : Replies.Standing(page, goal, history, now) ?? Refuse(page, scope, history) ?? Ignore(dialog, history);
    }

    // The only way on, in words nobody has taught us. Beside a "no" it is the yes; whether that yes may issue the invoice is judged where it is pressed.
    private static Control? OnlyWay(Snapshot page, Scope scope, History history)
    {
        var ways = scope.Controls.Where(c => c.Kind != "link" && c.Text.Length > 1 && !Buttons.LeadsAway(c) && !Buttons.Is(c, "close") && !Buttons.Is(c, "saved_receptor") && !Buttons.Is(c, "recover")).ToList();
        var beside = scope.Controls.Any(c => !c.Disabled && (Buttons.Is(c, "back") || Buttons.Is(c, "close")));
        return (beside || history.Waits >= 2) && history is { LoggedIn: false, Consulting: false } && ways is [var only] && !history.Spent(page, only) ? only : null;
    }

    private static Move? Refuse(Snapshot page, Scope scope, History history)
    {
        var no = scope.Controls.FirstOrDefault(c => !c.Disabled && (Buttons.Is(c, "back") || Buttons.Is(c, "close")) && !history.Spent(page, c));
        return no is null ? null : new Move.Press(no, "close", false, $"Cerré el aviso con «{no.Caption}».");
    }

    private static Move Ignore(Dialog dialog, History history)
    {
        history.IgnoredDialogs.Add(Words.Normalise(dialog.Text));
        return new Move.Wait(100, "El aviso no se puede cerrar; se continúa en la página.");
    }
}
