namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Decides the next move from the page, the goal and what was done; touches nothing itself.</summary>
public static class NextMove
{
    /// <summary>Moves of one attempt; a portal that needs more is going in circles.</summary>
    public const int Budget = 90;

    public static Move Decide(Snapshot page, Goal goal, History history, DateTimeOffset now)
    {
        if (history.Moves >= Budget)
        {
            return Endings.GaveUp(history, "El portal no llegó a un resultado después de muchos pasos.");
        }

        if (Collecting.Next(page, goal, history) is { } delivery)
        {
            return delivery;
        }

        if (Broken(page, goal, history) is { } broken)
        {
            return broken;
        }

        if (Replies.Next(page, goal, history, now) is { } reply)
        {
            return reply;
        }

        if (history.EmitPressed && !history.Consulting)
        {
            return AfterEmission.Next(page, goal, history, now) ?? Forward.Next(page, goal, history, now);
        }

        return history.Consulting && !history.Reentering ? Consulting.Next(page, goal, history, now) : Forward.Next(page, goal, history, now);
    }

    private static Move? Broken(Snapshot page, Goal goal, History history)
    {
        var dead = page.HttpStatus >= 500 || page.HttpStatus is 403 or 404 or 410 or 429 || page.Url.StartsWith("chrome-error", StringComparison.Ordinal)
            || (page.NetworkError is not null && page.Fields.Count == 0 && page.Controls.Count == 0);
        var lost = page.NetworkError is not null && history.EmitPressed && !history.Consulting && page.Pending == 0;
        if (!dead && !lost)
        {
            return null;
        }

        if (history.EmitPressed && !history.Consulting)
        {
            return new Move.Consult("La respuesta del portal se perdió después de emitir; se consulta si la factura existe.");
        }

        return history.Consulting ? Again(goal, history) : Arrival.Retreat(goal, history) ?? Endings.Down(page);
    }

    // A portal that has just broken down often comes back: it is asked twice more, with a pause, before the result stays uncertain.
    private static Move Again(Goal goal, History history) => history.Bump("consult_dead") switch
    {
        1 or 3 or 5 => Consulting.FromStart(goal, history),
        2 or 4 => new Move.Wait(4000, "El portal no responde; se intenta de nuevo en unos segundos."),
        _ => Endings.ConsultFailed(history, "El portal no respondió al consultar la factura."),
    };
}
