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

        if (scope.Login && Login(page, scope, goal, history) is { } login)
        {
            return login;
        }

        if (scope.HasForm)
        {
            return Filling.Next(page, scope, goal, history) ?? Pressing.Next(page, scope, goal, history) ?? Stuck(page, scope, goal, history, now);
        }

        if (StillLoading(page, history) is { } wait)
        {
            return wait;
        }

        return Filling.Ticks(scope, goal, history) ?? Arrival.WayIn(page, scope, goal, history) ?? Pressing.Next(page, scope, goal, history) ?? Stuck(page, scope, goal, history, now);
    }

    private static Move? StillLoading(Snapshot page, History history) =>
        (page.Busy || page.Pending > 0) && history.Waits < 15 || (page.Controls.Count == 0 && history.Waits < 4) ? new Move.Wait(1000, "La página todavía está cargando.") : null;

    private static Move? Login(Snapshot page, Scope scope, Goal goal, History history)
    {
        var guest = scope.Controls.Concat(page.Controls).FirstOrDefault(c => !c.Disabled && Buttons.Score(c, "enter") >= 0.9 && !Buttons.Is(c, "login") && !history.Spent(page, c));
        if (guest is not null)
        {
            return new Move.Press(guest, "enter", false, $"Entré sin usuario por «{guest.Caption}».");
        }

        return goal.Password is null ? Endings.Stop(Outcome.RequiereHumano, "El portal pide iniciar sesión y no hay credenciales guardadas para este comercio.", error: "login")
            : history.Count("login") > 1 ? Endings.Stop(Outcome.RequiereHumano, "El portal no aceptó las credenciales guardadas.", error: "login")
            : Filling.Next(page, scope, goal, history) ?? PressLogin(page, scope, history);
    }

    private static Move? PressLogin(Snapshot page, Scope scope, History history)
    {
        var enter = scope.Controls.Where(c => !c.Disabled && Buttons.Is(c, "login")).OrderByDescending(c => Buttons.Score(c, "login")).FirstOrDefault();
        history.Bump("login");
        return enter is null ? null : new Move.Press(enter, "login", false, "Inicié sesión en el portal.");
    }

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

        return Filling.Unfilled(scope, goal, history) ?? Endings.GaveUp(history, page.Fields.Count == 0
            ? "No se encontró en la página la forma de facturar." : "El portal no avanzó con los datos capturados y no dijo por qué.");
    }
}
