namespace Invoicing.BrowserAutomation.Engine;

/// <summary>The next thing to type, choose or tick, in the order of the page; each value is looked at again before anything is pressed.</summary>
public static class Filling
{
    private const int Tries = 4;

    public static Move? Next(Snapshot page, Scope scope, Goal goal, History history)
    {
        Mapped? previous = null;
        foreach (var m in scope.Map.Where(m => m.Field.Open && m.Group is not ("captcha" or "otro")))
        {
            if (IsDone(m, page, history))
            {
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

        return Ticks(scope, goal, history) ?? Missing(scope, goal, history) ?? CaptchaMoves.Next(page, scope, history);
    }

    public static Move? Ticks(Scope scope, Goal goal, History history)
    {
        foreach (var tick in scope.Ticks.Where(t => t.Open && history.FillsOf(t) < 2))
        {
            if (Choices.Speaks("robot", tick.Label))
            {
                return Endings.Stop(Outcome.RequiereHumano, "El portal pide comprobar que no es un robot; lo debe hacer una persona.", error: "captcha");
            }

            if (Choices.Wanted(tick, goal, history.Consulting && !history.Reentering) is { } on && on != tick.Checked && !(tick.Kind == FieldKind.Radio && RivalChosen(scope, tick, goal, history)))
            {
                return new Move.Tick(tick, on, $"{(on ? "Marqué" : "Desmarqué")} «{Short(tick.Caption)}».");
            }
        }

        return null;
    }

    /// <summary>"El campo X es obligatorio": typed again when it is known, asked of a person when it is not.</summary>
    public static Move? OnComplaint(Meaning said, Snapshot page, Goal goal, History history)
    {
        var words = Words.Normalise(said.Text);
        var scope = Scope.Of(page, goal, history);
        var named = scope.Map.Where(m => Words.Normalise(m.Field.Caption) is { Length: >= 2 } caption && Words.Has(words, caption)).OrderByDescending(m => m.Field.Caption.Length).FirstOrDefault();
        if (named is null)
        {
            return null;
        }

        if (named.Wanted is null && named.Field.Value.Length == 0)
        {
            return Ask(named, history, $"El portal pide «{Short(named.Field.Caption)}».");
        }

        return said.Class == "formato" && named.Group == "ticket" && IsWritten(named)
            ? Endings.Stop(Outcome.DatosInvalidos, $"El portal no acepta el dato «{Short(named.Field.Caption)}»: «{Short(said.Text)}».", named.Canonical) : null;
    }

    /// <summary>The portal does not know the ticket: another reading of a doubtful character, where the ticket has one.</summary>
    public static Move? OtherReading(Snapshot page, Goal goal, History history)
    {
        foreach (var m in Scope.Of(page, goal, history).Open.Where(m => m.Group == "ticket" && m.Canonical is not null))
        {
            var others = goal.Alternatives.GetValueOrDefault(m.Canonical!) ?? [];
            var next = others.Where(o => history.Count($"reading:{m.Canonical}:{o}") == 0 && goal.ValueOf(m.Canonical!) != o).FirstOrDefault();
            if (next is not null && history.Bump("readings") <= 2)
            {
                history.Bump($"reading:{m.Canonical}:{next}");
                history.OtherReadings[m.Field.Key] = Values.For(m.Canonical!, next, m.Field);
                return new Move.Fill(m.Field, m.Canonical!, history.OtherReadings[m.Field.Key], false, false, $"Probé otra lectura de «{Short(m.Field.Caption)}».");
            }
        }

        return null;
    }

    /// <summary>Nothing moved and nothing was said: what is still empty may be why.</summary>
    public static Move? Unfilled(Scope scope, Goal goal, History history) =>
        scope.Open.Where(m => m.Field.Value.Length == 0 && m.Wanted is null && m.Group is not ("captcha" or "acceso") && !Words.Normalise(m.Field.Caption).Contains("opcional", StringComparison.Ordinal))
            .Select(m => Ask(m, history, $"El portal pide «{Short(m.Field.Caption)}», que no está en el ticket.")).FirstOrDefault(m => m is not null);

    private static Move? Missing(Scope scope, Goal goal, History history)
    {
        foreach (var m in scope.Open.Where(m => m.Group is not ("captcha" or "acceso" or "otro")))
        {
            if (m.Ambiguous && m.Field.Value.Length == 0 && (m.Field.Required || m.Group == "ticket"))
            {
                return Ask(m, history, $"No está claro qué dato del ticket va en «{Short(m.Field.Caption)}».", [.. m.Rivals.Select(goal.ValueOf).OfType<string>()]);
            }

            if (m.Canonical == "forma_pago" && m.Wanted is null && m.Field.Kind is FieldKind.Select or FieldKind.Combo && !history.Missing.ContainsKey(m.Field.Key) && goal.ValueOf("forma_pago") is null)
            {
                return Ask(m, history, "El portal pide la forma de pago y el ticket no la dice con claridad.");
            }

            var needed = m.Field.Required || (m.Group == "ticket" && !scope.Map.Any(o => o.Field.Required) && !Words.Normalise(m.Field.Caption).Contains("opcional", StringComparison.Ordinal));
            if (needed && m.Wanted is null && IsBlank(m.Field) && !(m.Field.Kind == FieldKind.Select && OptionMatch.IsEmpty(m.Field.Choices)) && Ask(m, history, $"El portal pide «{Short(m.Field.Caption)}», que no está en el ticket.") is { } ask)
            {
                return ask;
            }
        }

        return null;
    }

    private static Move? Write(Mapped m, Goal goal, History history)
    {
        if (m.Wanted is not { } known)
        {
            return null;
        }

        var wanted = history.OtherReadings.GetValueOrDefault(m.Field.Key) ?? known;
        if (history.Missing.TryGetValue(m.Field.Key, out var offered))
        {
            return NotOffered(m, offered, history);
        }

        if (history.FillsOf(m.Field) >= Tries)
        {
            return m.Group is "ticket" or "receptor" && history.Bump("refused:" + m.Field.Key) == 1 && m.Field.Required
                ? Endings.Stop(Outcome.NoReconocido, $"El campo «{Short(m.Field.Caption)}» del portal no conserva el valor capturado.", m.Canonical, error: "field_refuses") : null;
        }

        var caption = Short(m.Field.Caption);
        return m.Field.Kind switch
        {
            FieldKind.Select when OptionMatch.IsEmpty(m.Field.Choices) => null,
            FieldKind.Select when OptionMatch.Pick(m.Canonical!, wanted, m.Field.Choices) is null => NotOffered(m, [.. m.Field.Choices.Where(o => !OptionMatch.IsPlaceholder(o)).Select(o => o.Text)], history),
            FieldKind.Select or FieldKind.Combo or FieldKind.Typeahead => new Move.Choose(m.Field, m.Canonical!, wanted, $"Elegí «{caption}»."),
            _ => new Move.Fill(m.Field, m.Canonical!, wanted, m.Field.Kind == FieldKind.Password && m.Group == "acceso", history.FillsOf(m.Field) > 0, $"Escribí «{caption}»."),
        };
    }

    private static Move? NotOffered(Mapped m, IReadOnlyList<string> offered, History history) => m.Group switch
    {
        "receptor" when m.Canonical is "regimen_fiscal" or "uso_cfdi" => Endings.Stop(Outcome.ReceptorRechazado, $"El portal no ofrece el valor {m.Wanted} en «{Short(m.Field.Caption)}».", m.Canonical),
        "domicilio" => null,
        _ => Ask(m, history, $"No se encontró «{m.Wanted}» en la lista «{Short(m.Field.Caption)}» del portal.", offered),
    };

    private static Move.AskPerson? Ask(Mapped m, History history, string prompt, IReadOnlyList<string>? options = null)
    {
        var datum = m.Canonical is null or "dato" || m.Ambiguous ? m.Field.Caption : m.Canonical;
        if (history.Count("asked:" + datum) >= 2)
        {
            return null;
        }

        var offered = options ?? [.. m.Field.Choices.Where(o => !OptionMatch.IsPlaceholder(o)).Select(o => o.Text)];
        return new Move.AskPerson("dato", datum, prompt, null, [.. offered.Take(100)], $"Se pidió a una persona: {prompt}");
    }

    private static bool IsDone(Mapped m, Snapshot page, History history) => m.Wanted is null || IsWritten(history.OtherReadings.TryGetValue(m.Field.Key, out var other) ? m with { Wanted = other } : m) || InCart(m, page, history);

    /// <summary>The value stands in the field.</summary>
    public static bool IsWritten(Mapped m) => m.Wanted is not null && (m.Field.Kind is FieldKind.Select or FieldKind.Combo
        ? OptionMatch.Shows(m.Canonical!, m.Wanted, m.Field.Value) || m.Field.Choices.FirstOrDefault(o => o.Selected) is { } selected && OptionMatch.Pick(m.Canonical!, m.Wanted, m.Field.Choices) == selected
        : m.Field.Kind == FieldKind.Typeahead ? m.Field.Value.Length > 0 && (Values.Same(m.Canonical!, m.Wanted, m.Field.Value) || OptionMatch.Shows(m.Canonical!, m.Wanted, m.Field.Value))
        : Values.Same(m.Canonical!, m.Wanted, m.Field.Value));

    // A list of tickets: the box was emptied because the value is now in the table.
    private static bool InCart(Mapped m, Snapshot page, History history) =>
        m.Group == "ticket" && m.Field.Value.Length == 0 && history.LastPress is not null && history.TicketTyped.GetValueOrDefault(m.Field.Key) is { } typed && Words.Code(typed) is { Length: >= 4 } code
        && page.Lines.Any(l => Words.Code(l).Contains(code, StringComparison.Ordinal));

    private static bool IsBlank(Field field) => field.Kind is FieldKind.Select or FieldKind.Combo ? OptionMatch.IsPlaceholder(new Choice(field.Value, "")) : field.Value.Length == 0;

    private static bool RivalChosen(Scope scope, Field radio, Goal goal, History history) =>
        scope.Ticks.Any(t => t != radio && t.Kind == FieldKind.Radio && t.Name == radio.Name && t.Name.Length > 0 && t.Checked && Choices.Wanted(t, goal, history.Consulting && !history.Reentering) == true);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
