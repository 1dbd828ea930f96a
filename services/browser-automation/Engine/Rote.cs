namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Typing by rote: neighbouring fields that the recipe knows to change nothing but themselves are typed in one go and looked at together afterwards.</summary>
public static class Rote
{
    /// <summary>The move with those that would follow it, or the move alone.</summary>
    public static Move Together(Move move, Snapshot page, Goal goal, History history)
    {
        if (history.Known is not { } recipe || FieldOf(move) is not { } first || !IsQuiet(first, recipe, history))
        {
            return move;
        }

        var scope = Scope.Of(page, goal, history);
        var parts = new List<Move> { move };
        Mapped? previous = null;
        foreach (var m in scope.Map.Where(m => m.Field.Open && m.Group is not ("captcha" or "otro") && m.Field.Order >= first.Order))
        {
            if (m.Field.Key != first.Key && !Filling.IsDone(m, page, scope, history))
            {
                if (!IsQuiet(m.Field, recipe, history) || (previous is not null && Pressing.IsBetween(page, scope, previous, m, history)) || Filling.Write(m, goal, history) is not { } next || FieldOf(next) is null)
                {
                    break;
                }

                parts.Add(next);
            }

            previous = m;
        }

        return parts.Count > 1 ? new Move.FillForm(parts, $"Llené {parts.Count} campos conocidos del portal.") : move;
    }

    private static bool IsQuiet(Field field, Recipe recipe, History history) => history.Typed.TimesOf(field) == 0 && recipe.Quiet.Contains(Recipe.FieldKey(field));

    private static Field? FieldOf(Move move) => move switch
    {
        Move.Fill fill => fill.Field,
        Move.Choose choose => choose.Field,
        _ => null,
    };
}
