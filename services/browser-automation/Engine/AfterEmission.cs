namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What emits was pressed. Wait for the answer, go on where it was not the last step, and never press it twice on silence.</summary>
public static class AfterEmission
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Null: the flow goes on forward.</summary>
    public static Move? Next(Snapshot page, Goal goal, History history, DateTimeOffset now)
    {
        var waited = now - (history.EmitPressedAt ?? now);
        if ((page.Pending > 0 || page.Busy) && waited < Patience)
        {
            return new Move.Wait(1000, "El portal está generando la factura.");
        }

        var scope = Scope.Of(page, goal, history);
        if (scope.Dialog is not null || GoesOn(page, scope, history))
        {
            return null;
        }

        if (page.Fields.Any(f => f.Invalid.Length > 0) && page.Signature == history.EmitSignature)
        {
            history.RefuteEmission();
            return null;
        }

        var waits = IsKnownSilent(history) ? 2 : 5;
        Cleared(page, history, waits);
        if (history.Waits < waits)
        {
            return new Move.Wait(800, "Se espera la respuesta del portal.");
        }

        _ = history.EmitSignature is { } from && history.Learned.Silent.Add(Recipe.PageKey(from));
        return new Move.Consult("El portal no mostró los archivos después de emitir; se consulta la factura.");
    }

    private static bool IsKnownSilent(History history) => history is { Known: { } recipe, EmitSignature: { } from } && recipe.Silent.Contains(Recipe.PageKey(from));

    // Some portals say nothing: the form they took is empty, and that is all.
    private static void Cleared(Snapshot page, History history, int waits)
    {
        if (history.Waits >= waits - 1 && page.NetworkError is null && page.HttpStatus is > 0 and < 400 && page.Fields.Count > 0 && history.ShownAtEmit.Count > 0
            && !history.ShownAtEmit.Any(code => History.Shows(page, code)) && !page.Notices.Any(n => n.Kind == "error" && n.Text.Length > 3))
        {
            history.SaidSuccess = true;
        }
    }

    // The same form under another address is the same form.
    private static string Asked(string? signature) => signature is not null && signature.IndexOf('|', StringComparison.Ordinal) is >= 0 and var at ? signature[at..] : "";

    // The form of the sale again, with what was typed in it.
    private static bool IsTicketAlone(Scope scope, History history) =>
        scope.Open.Any() && scope.Open.All(m => m.Group == "ticket" && history.Typed.Ticket.ContainsKey(m.Field.Key));

    // Another page of the same course: it asks something new, and not the ticket again.
    private static bool GoesOn(Snapshot page, Scope scope, History history) =>
        Asked(page.Signature) != Asked(history.EmitSignature) && !scope.Map.Any(m => m.Group == "ticket" && m.Field.Open && m.Field.Value.Length == 0) && !IsTicketAlone(scope, history)
        && (scope.HasForm || scope.Ticks.Count > 0 || Pressing.Candidates(page, scope, history).Any(c => c.Control.Kind != "link"));
}
