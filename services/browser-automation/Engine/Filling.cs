namespace Invoicing.BrowserAutomation.Engine;

/// <summary>The next thing to type, choose or tick, in the order of the page; each value is looked at again before anything is pressed.</summary>
public static class Filling
{
    private const int Tries = 5;

    // Shorter ones stand in other words by chance: part "ADEL" of a code, and "Adelante".
    private const int WholeCode = 7;

    /// <summary>Under which a person's word that he is no robot is filed.</summary>
    public const string NoRobot = "no_soy_un_robot";

    public static Move? Next(Snapshot page, Scope scope, Goal goal, History history)
    {
        Mapped? previous = null;
        foreach (var m in scope.Map.Where(m => m.Field.Open && m.Group is not ("captcha" or "otro")))
        {
            if (IsDone(m, page, scope, history))
            {
                Note(m, history);
                previous = m;
                continue;
            }

            if (previous is not null && Pressing.Inline(page, scope, previous, m, history) is { } inline)
            {
                return inline;
            }

            if (Write(m, goal, history) is { } move)
            {
                return move;
            }
        }

        return Ticks(scope, goal, history) ?? (history.Consulting && !history.Reentering ? null : Asking.Missing(scope, goal, history)) ?? CaptchaMoves.Next(page, scope, history) ?? Wake(page, scope, previous, history);
    }

    // "Buscar" right after the last box that is awake: what follows it sleeps until then.
    private static Move? Wake(Snapshot page, Scope scope, Mapped? last, History history) =>
        last is not null && scope.Map.FirstOrDefault(m => !m.Field.Open && m.Field.Order > last.Field.Order) is { } asleep ? Pressing.Inline(page, scope, last, asleep, history) : null;

    public static Move? Ticks(Scope scope, Goal goal, History history)
    {
        // Terms that must be read to their end before they can be accepted.
        if (scope.Ticks.FirstOrDefault(t => t is { Kind: FieldKind.Checkbox, Disabled: true, Checked: false } && Choices.Wanted(t, goal, consult: false) == true && history.Count("reveal:" + t.Key) < 2) is { } shut)
        {
            history.Bump("reveal:" + shut.Key);
            return new Move.Reveal(-1, $"Leí hasta el final lo que pide «{Short(shut.Caption)}».");
        }

        if ((RadioList.Next(scope, goal, history) ?? DrawnChoices.Next(scope, goal, history)) is { } listed)
        {
            return listed;
        }

        foreach (var tick in scope.Ticks.Where(t => t.Open && history.Typed.TimesOf(t) < 2))
        {
            if (Choices.Speaks("robot", tick.Label))
            {
                if (tick.Checked)
                {
                    continue;
                }

                return goal.Answers.ContainsKey(NoRobot) ? new Move.Tick(tick, true, "Marqué la casilla que una persona aprobó.")
                    : history.Count("asked:" + NoRobot) > 0 ? Endings.Stop(Outcome.RequiereHumano, "El portal pide comprobar que no es un robot; lo debe hacer una persona.", error: "captcha")
                    : new Move.AskPerson("confirmacion", NoRobot, "El portal pide marcar «No soy un robot». ¿Lo marca usted?", null, [], "Se pidió a una persona confirmar «No soy un robot».");
            }

            if (IsOurConcept(tick, history))
            {
                return new Move.Tick(tick, true, "Marqué el concepto del ticket.");
            }

            if (Choices.Wanted(tick, goal, history.Consulting && !history.Reentering) is { } on && on != tick.Checked && !(tick.Kind == FieldKind.Radio && RivalChosen(scope, tick, goal, history)))
            {
                return new Move.Tick(tick, on, $"{(on ? "Marqué" : "Desmarqué")} «{Short(tick.Caption)}».");
            }
        }

        return null;
    }

    /// <summary>All that leads on sleeps, and one box to tick is left, in words nobody has taught us: what it asks is agreed to, for no other box would hold the way back.</summary>
    public static Move? LastTick(Scope scope, History history)
    {
        bool Leads(Control c) => c.Kind == "submit" || Buttons.Is(c, "emit") || Buttons.Is(c, "maybe_emit") || Buttons.Is(c, "advance") || Buttons.Is(c, "confirm");
        var boxes = scope.Ticks.Where(t => t is { Kind: FieldKind.Checkbox, Checked: false, Disabled: false, Row.Length: 0 } && history.Typed.TimesOf(t) == 0).ToList();
        return boxes is [var box] && !Choices.Speaks("robot", box.Label) && !Choices.IsLeftAlone(box) && scope.Controls.Where(Leads).ToList() is { Count: > 0 } ways && ways.TrueForAll(w => w.Disabled)
            ? new Move.Tick(box, true, $"Marqué «{Short(box.Caption)}».") : null;
    }

    /// <summary>What puts the wanted value there; null when none is known.</summary>
    public static Move? Write(Mapped m, Goal goal, History history)
    {
        if (m.Wanted is not { } known)
        {
            return null;
        }

        var wanted = history.OtherReadings.GetValueOrDefault(m.Field.Key) ?? known;
        if (history.Missing.TryGetValue(m.Field.Key, out var offered))
        {
            return Asking.NotOffered(m, wanted, offered, goal, history);
        }

        if (history.Typed.TimesOf(m.Field) >= Tries)
        {
            return m.Group is "ticket" or "receptor" ? Endings.FieldRefuses(history, m) : null;
        }

        var caption = Short(m.Field.Caption);
        return m.Field.Kind switch
        {
            FieldKind.Select when OptionMatch.IsEmpty(m.Field.Choices) => null,
            FieldKind.Select when OptionMatch.Pick(m.Canonical!, wanted, m.Field.Choices) is null => Asking.NotOffered(m, wanted, [.. m.Field.Choices.Where(o => !OptionMatch.IsPlaceholder(o)).Select(o => o.Text)], goal, history),
            FieldKind.Select or FieldKind.Combo or FieldKind.Typeahead => new Move.Choose(m.Field, m.Canonical!, wanted, $"Elegí «{caption}»."),
            // A plain box for an entry of SAT's catalogues suggests them, most often.
            FieldKind.Text when OptionMatch.SatText(m.Canonical!, wanted) is not null && !m.Field.ReadOnly => new Move.Choose(m.Field, m.Canonical!, wanted, $"Elegí «{caption}»."),
            // A shop that a plain box did not keep is one of its suggestions.
            FieldKind.Text when IsPlace(m) && (m.Field.ReadOnly || history.Typed.TimesOf(m.Field) > 0) => new Move.Choose(m.Field, m.Canonical!, wanted, $"Elegí «{caption}»."),
            _ => new Move.Fill(m.Field, m.Canonical!, wanted, m.Canonical == "contrasena", history.Typed.TimesOf(m.Field) > 0, $"Escribí «{caption}»."),
        };
    }

    /// <summary>Nothing is left to type there.</summary>
    public static bool IsDone(Mapped m, Snapshot page, Scope scope, History history)
    {
        var wanted = history.OtherReadings.TryGetValue(m.Field.Key, out var other) ? m with { Wanted = other } : m;
        // Text typed into a box with suggestions means nothing until one of them was picked.
        var picked = m.Field.Kind != FieldKind.Typeahead || history.Typed.Picked.Contains(m.Field.Key);
        return m.Wanted is null || (picked && IsWritten(wanted))
            || (IsBlank(m.Field) && (m.Group == "ticket" || m.Canonical == "dato") && !(history.Consulting && !history.Reentering) && history.Typed.Ticket.ContainsKey(m.Field.Key) && scope.Open.Any(o => InCart(o, page, history)));
    }

    // What stands right on the page counts as typed, whoever put it there.
    private static void Note(Mapped m, History history)
    {
        if (m.Group == "receptor" && IsWritten(m))
        {
            history.Typed.NoteReceptor(m.Canonical!);
        }
    }

    // Conceptos offered in a table: the one of this ticket is chosen.
    private static bool IsOurConcept(Field tick, History history) =>
        tick is { Kind: FieldKind.Checkbox, Checked: false } && tick.Row.Length > 0 && history.Typed.Ticket.Values.Select(Words.Code).Any(code => code.Length >= 6 && Words.Code(tick.Row).Contains(code, StringComparison.Ordinal));

    /// <summary>The value stands in the field.</summary>
    public static bool IsWritten(Mapped m) => m.Wanted is not null && (m.Field.Kind is FieldKind.Select or FieldKind.Combo
        ? OptionMatch.Shows(m.Canonical!, m.Wanted, m.Field.Value) || m.Field.Choices.FirstOrDefault(o => o.Selected) is { } selected && OptionMatch.Pick(m.Canonical!, m.Wanted, m.Field.Choices) == selected
        : m.Field.Kind == FieldKind.Typeahead ? m.Field.Value.Length > 0 && (Values.Same(m.Canonical!, m.Wanted, m.Field.Value) || OptionMatch.Shows(m.Canonical!, m.Wanted, m.Field.Value))
        : Values.Same(m.Canonical!, m.Wanted, m.Field.Value) || ((IsPlace(m) || OptionMatch.SatText(m.Canonical!, m.Wanted) is not null) && m.Field.Value.Length > 0 && OptionMatch.Shows(m.Canonical!, m.Wanted, m.Field.Value)));

    private static bool IsPlace(Mapped m) => Vocabulary.Find(m.Canonical)?.Place == true;

    // A list of tickets: the boxes were emptied because their values are now in the table.
    private static bool InCart(Mapped m, Snapshot page, History history) =>
        m.Group == "ticket" && IsBlank(m.Field) && history.LastPress is not null && history.Typed.Ticket.GetValueOrDefault(m.Field.Key) is { } typed && Words.Code(typed) is { Length: >= 4 } code
        && page.Lines.Any(l => code.Length >= WholeCode ? Words.Code(l).Contains(code, StringComparison.Ordinal) : l.Split(' ').Select(Words.Code).Contains(code));

    public static bool IsBlank(Field field) => field.Kind is FieldKind.Select or FieldKind.Combo ? OptionMatch.IsPlaceholder(new Choice(field.Value, "")) : field.Value.Length == 0;

    private static bool RivalChosen(Scope scope, Field radio, Goal goal, History history) =>
        scope.Ticks.Any(t => t != radio && t.Kind == FieldKind.Radio && t.Name == radio.Name && t.Name.Length > 0 && t.Checked && Choices.Wanted(t, goal, history.Consulting && !history.Reentering) == true);

    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
