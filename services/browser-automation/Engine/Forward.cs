namespace Invoicing.BrowserAutomation.Engine;

/// <summary>The way from the first page to the button that emits.</summary>
public static class Forward
{
    public static Move Next(Snapshot page, Goal goal, History history, DateTimeOffset now)
    {
        var scope = Scope.Of(page, goal, history);
        if (scope.Dialog is not null)
        {
            return DialogMoves.Next(page, scope, goal, history, now);
        }

        if (scope.Login && Account.Login(page, scope, goal, history) is { } login)
        {
            return login;
        }

        if (Account.Next(page, scope, goal, history) is { } account)
        {
            return account;
        }

        if (scope.HasForm)
        {
            return Filling.Next(page, scope, goal, history) ?? Pressing.Next(page, scope, goal, history) ?? DrawnChoices.Unfold(scope, goal, history) ?? Stuck(page, scope, goal, history, now);
        }

        if (StillLoading(page, history) is { } wait)
        {
            return wait;
        }

        var onTheWay = history.Typed.Receptor.Count > 0 || history.Typed.Ticket.Count > 0 ? Pressing.Next(page, scope, goal, history) : null;
        return Filling.Ticks(scope, goal, history) ?? onTheWay ?? Arrival.WayIn(page, scope, goal, history) ?? Pressing.Next(page, scope, goal, history) ?? Stuck(page, scope, goal, history, now);
    }

    private static Move? StillLoading(Snapshot page, History history) =>
        (page.Busy || page.Pending > 0) && history.Waits < 15 || (page.Controls.Count == 0 && history.Waits < 4) ? new Move.Wait(1000, "La página todavía está cargando.") : null;

    private static Move Stuck(Snapshot page, Scope scope, Goal goal, History history, DateTimeOffset now)
    {
        if ((page.Busy || page.Pending > 0) && history.Waits < 25)
        {
            return new Move.Wait(1000, "Se espera la respuesta del portal.");
        }

        if (history.Waits < 3)
        {
            return new Move.Wait(700, "Se espera un cambio en la página.");
        }

        if (Replies.Standing(page, goal, history, now) is { } reply)
        {
            return reply;
        }

        return Filling.LastTick(scope, history) ?? (scope.HasForm ? null : Arrival.Retreat(goal, history)) ?? Asking.Unfilled(scope, goal, history) ?? Unknown(page, history) ?? Arrival.Retreat(goal, history) ?? Endings.GaveUp(history, page.Fields.Count == 0
            ? "No se encontró en la página la forma de facturar." : "El portal no avanzó con los datos capturados y no dijo por qué.");
    }

    // It did say why, in words nobody has taught us: a person reads them.
    private static Move? Unknown(Snapshot page, History history)
    {
        var told = page.Notices.Where(n => n.Kind == "error").Select(n => n.Text).Append(history.Heard).Append(history.Told).FirstOrDefault(t => t is { Length: > 8 } && Messages.Of(t, standsOut: true) is null or { Sensed: true });
        return told is null ? null : Endings.Stop(Outcome.RequiereHumano, $"El portal no avanzó y dice: «{Filling.Short(told)}».", error: "unknown_message");
    }
}
