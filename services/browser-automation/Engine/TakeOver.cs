namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What a person's own click or key on the page amounts to, judged by the rules for the engine's presses.</summary>
public static class TakeOver
{
    /// <param name="pointed">Handle of what it meets, null for nothing that can be pressed; one that the page does not hold for something without a name.</param>
    /// <param name="byEnter">Enter in a field presses the button of its form.</param>
    /// <returns>Null: nothing is pressed. A stop: it must not be done.</returns>
    public static Move? Press(Snapshot page, string? pointed, bool byEnter, Goal goal, History history)
    {
        var scope = Scope.Of(page, goal, history);
        Note(scope, history);
        var field = page.Fields.FirstOrDefault(f => f.Handle == pointed);
        var control = page.Controls.FirstOrDefault(c => c.Handle == pointed)
            ?? (byEnter && field is { Form: >= 0 } ? page.Controls.FirstOrDefault(c => c.Kind == "submit" && c.Form == field.Form && !c.Disabled) : null);
        if (control is not null)
        {
            // Data on file come first for a person as well: what is pressed is not what was judged.
            return Pressing.Press(page, scope, control, goal, history) is not Move.Press { Purpose: "unfold" } and var move ? move
                : Endings.Stop(Outcome.RequiereHumano, "El portal tiene datos fiscales guardados: ábralos y revíselos antes de emitir.", error: "account_data");
        }

        return pointed is null || field is not null || !history.Typed.Receptor.Contains("rfc") ? null : Nameless(goal, history);
    }

    // It stands there, whoever typed it.
    private static void Note(Scope scope, History history)
    {
        foreach (var m in scope.Map.Where(m => m is { Group: "receptor", Canonical: not null } && !Filling.IsBlank(m.Field)))
        {
            history.Typed.NoteReceptor(m.Canonical!);
        }

        history.LoggedIn |= scope.Map.Any(m => m.Canonical == "contrasena" && m.Field.Value.Length > 0);
    }

    // Doubt counts as an emission once the receptor is typed.
    private static Move Nameless(Goal goal, History history) => goal.ConsultOnly || history.Consulting
        ? Endings.Unresolved(history, "No se sabe si aquí se emite otra factura; no se presiona.")
        : new Move.Press(new Control("", "elemento sin nombre"), "emit", true, "Una persona presionó un elemento sin nombre con los datos del receptor ya capturados.");
}
