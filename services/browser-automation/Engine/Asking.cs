namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What a form wants and the ticket does not say: another reading of it, or a person.</summary>
public static class Asking
{
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
            return Ask(named, history, $"El portal pide «{Filling.Short(named.Field.Caption)}».");
        }

        return said.Class == "formato" && named.Group == "ticket" && Filling.IsWritten(named)
            ? Endings.Stop(Outcome.DatosInvalidos, $"El portal no acepta el dato «{Filling.Short(named.Field.Caption)}»: «{Filling.Short(said.Text)}».", named.Canonical) : null;
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
                return new Move.Fill(m.Field, m.Canonical!, history.OtherReadings[m.Field.Key], false, false, $"Probé otra lectura de «{Filling.Short(m.Field.Caption)}».");
            }
        }

        return null;
    }

    /// <summary>Nothing moved and nothing was said: what is still empty may be why.</summary>
    public static Move? Unfilled(Scope scope, Goal goal, History history) =>
        scope.Open.Where(m => m.Field.Value.Length == 0 && m.Wanted is null && m.Group is not ("captcha" or "acceso") && !Words.Normalise(m.Field.Caption).Contains("opcional", StringComparison.Ordinal))
            .Select(m => Ask(m, history, $"El portal pide «{Filling.Short(m.Field.Caption)}», que no está en el ticket.")).FirstOrDefault(m => m is not null);

    /// <summary>What the form needs and nobody has given yet.</summary>
    public static Move? Missing(Scope scope, Goal goal, History history)
    {
        foreach (var m in scope.Open.Where(m => m.Group is not ("captcha" or "acceso" or "otro")))
        {
            if (m.Ambiguous && m.Field.Value.Length == 0 && (m.Field.Required || m.Group == "ticket"))
            {
                return Ask(m, history, $"No está claro qué dato del ticket va en «{Filling.Short(m.Field.Caption)}».", [.. m.Rivals.Select(goal.ValueOf).OfType<string>()]);
            }

            if (m.Canonical == "forma_pago" && m.Wanted is null && m.Field.Kind is FieldKind.Select or FieldKind.Combo && !history.Missing.ContainsKey(m.Field.Key) && goal.ValueOf("forma_pago") is null)
            {
                return Ask(m, history, "El portal pide la forma de pago y el ticket no la dice con claridad.");
            }

            var needed = m.Field.Required || (m.Group == "ticket" && !scope.Map.Any(o => o.Field.Required) && !Words.Normalise(m.Field.Caption).Contains("opcional", StringComparison.Ordinal));
            if (needed && m.Wanted is null && Filling.IsBlank(m.Field) && !MayDoWithout(m, scope, history) && !(m.Field.Kind == FieldKind.Select && OptionMatch.IsEmpty(m.Field.Choices)) && Ask(m, history, $"El portal pide «{Filling.Short(m.Field.Caption)}», que no está en el ticket.") is { } ask)
            {
                return ask;
            }
        }

        return null;
    }

    // A side datum, not marked as required; others of the ticket are typed, and nothing can be issued yet: the portal says soon enough when it needs it.
    private static bool MayDoWithout(Mapped m, Scope scope, History history) =>
        !m.Field.Required && m.Canonical is "caja" or "hora" or "asiento" or "subtotal" && history is { Typed.EverReceptor: false, LoggedIn: false } && !history.Presses.Any && scope.Map.Any(o => o.Group == "ticket" && Filling.IsWritten(o));

    /// <summary>The portal does not know the ticket, and a box of the ticket's part was left empty: what belongs there may be why.</summary>
    public static Move? LeftBlank(Snapshot page, Goal goal, History history)
    {
        var scope = Scope.Of(page, goal, history);
        return scope.Dialog is null && scope.Map.Any(m => m.Group == "ticket" && Filling.IsWritten(m)) ? Unfilled(scope with { Map = [.. scope.Map.Where(m => m.Group == "ticket")] }, goal, history) : null;
    }

    /// <summary>The list does not hold the wanted entry: a shop goes by its number and by its name.</summary>
    public static Move? NotOffered(Mapped m, string wanted, IReadOnlyList<string> offered, Goal goal, History history)
    {
        history.Bump($"offered:{m.Field.Key}:{wanted}");
        var entry = Vocabulary.Find(m.Canonical);
        var other = entry?.Place != true ? null : entry.From?.Select(goal.Ticket.GetValueOrDefault).OfType<string>().FirstOrDefault(v => v.Length > 0 && history.Count($"offered:{m.Field.Key}:{v}") == 0 && (m.Field.Kind == FieldKind.Typeahead || OptionMatch.Pick(m.Canonical!, v, [.. offered.Select(o => new Choice(o, ""))]) is not null));
        if (other is not null)
        {
            history.OtherReadings[m.Field.Key] = other;
            history.Missing.Remove(m.Field.Key);
            return new Move.Choose(m.Field, m.Canonical!, other, $"Elegí «{Filling.Short(m.Field.Caption)}» por otro de sus nombres.");
        }

        return m.Group switch
        {
            "receptor" when m.Canonical is "regimen_fiscal" or "uso_cfdi" => Endings.Stop(Outcome.ReceptorRechazado, $"El portal no ofrece el valor {m.Wanted} en «{Filling.Short(m.Field.Caption)}».", m.Canonical),
            "domicilio" => null,
            _ => Ask(m, history, $"No se encontró «{m.Wanted}» en la lista «{Filling.Short(m.Field.Caption)}» del portal.", offered),
        };
    }

    private static Move.AskPerson? Ask(Mapped m, History history, string prompt, IReadOnlyList<string>? options = null)
    {
        var datum = m.Canonical is null or "dato" || m.Ambiguous ? m.Field.Caption : m.Canonical;
        if (history.Count("asked:" + datum) >= 2)
        {
            return null;
        }

        prompt += Endings.Quote(history);
        var offered = options ?? [.. m.Field.Choices.Where(o => !OptionMatch.IsPlaceholder(o)).Select(o => o.Text)];
        return new Move.AskPerson("dato", datum, prompt, null, [.. offered.Take(100)], $"Se pidió a una persona: {prompt}");
    }
}
