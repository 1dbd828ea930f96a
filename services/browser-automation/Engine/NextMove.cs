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

        if (Broken(page, history) is { } broken)
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

    private static Move? Broken(Snapshot page, History history)
    {
        var dead = page.HttpStatus >= 500 || page.HttpStatus is 403 or 429 || page.Url.StartsWith("chrome-error", StringComparison.Ordinal)
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

        return history.Consulting || history.EmitPressed ? Endings.ConsultFailed(history, "El portal no respondió al consultar la factura.") : Endings.Down(page);
    }
}
