namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What could be done on a page on which the engine has found nothing to do: each of it allowed, none of it able to issue an invoice.</summary>
public static class LegalMoves
{
    private const int Most = 12;

    /// <summary>Empty where only the engine's own move is left.</summary>
    public static IReadOnlyList<Move> Of(Move stuck, Snapshot page, Goal goal, History history)
    {
        if (!IsStuck(stuck) || history.EmitPressed || history.Consulting || goal.ConsultOnly)
        {
            return [];
        }

        var scope = Scope.Of(page, goal, history);
        return [.. Presses(page, scope, goal, history).Concat(Fills(scope, goal, history)).Take(Most)];
    }

    /// <summary>It would give up on a page it does not understand, or ask a person what belongs in a field.</summary>
    private static bool IsStuck(Move move) => move is Move.Stop { Outcome: { Word: Outcome.NoReconocido, ErrorType: "stagnation" } } or Move.AskPerson { Kind: "dato" };

    private static IEnumerable<Move> Presses(Snapshot page, Scope scope, Goal goal, History history) => scope.Controls
        .Where(c => !c.Disabled && c.Caption.Length > 1 && !Buttons.LeadsAway(c) && !Choices.Speaks("dangerous", c.Caption) && !history.Spent(page, c) && !history.Tried(page, c) && IsHere(c, page.Url))
        .Where(c => !Pressing.Emits(c, scope, history) && !Buttons.Is(c, "emit") && !Buttons.Is(c, "maybe_emit"))
        .Select(c => Pressing.Press(page, scope, c, goal, history)).Where(m => m is Move.Press { Emits: false });

    // A field whose label says nothing, or fits several: the values of the ticket that stand nowhere yet.
    private static IEnumerable<Move> Fills(Scope scope, Goal goal, History history)
    {
        var typed = history.Typed.Ticket.Values.Select(Words.Code).ToHashSet();
        foreach (var m in scope.Open.Where(m => m.Field.Kind == FieldKind.Text && m.Field.Value.Length == 0 && (m.Ambiguous || m.Canonical is null) && history.Typed.TimesOf(m.Field) == 0))
        {
            foreach (var name in m.Ambiguous ? m.Rivals : [.. goal.Ticket.Keys.Where(k => Vocabulary.IsGroup(k, "ticket"))])
            {
                if (goal.ValueOf(name) is { } value && Values.For(name, value, m.Field) is var written && !typed.Contains(Words.Code(written)) && !(m.Field.MaxLength < written.Length))
                {
                    yield return new Move.Fill(m.Field, name, written, false, false, $"Escribí «{name}» del ticket en «{Filling.Short(m.Field.Caption)}».");
                }
            }
        }
    }

    private static bool IsHere(Control control, string url) => control.Kind != "link" || control.Href.Length == 0 || control.Href[0] == '#'
        || (Uri.TryCreate(url, UriKind.Absolute, out var page) && Uri.TryCreate(page, control.Href, out var target) && target.Authority == page.Authority && target.Scheme is "http" or "https");
}
