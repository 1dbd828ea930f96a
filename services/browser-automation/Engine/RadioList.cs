namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A catalogue of SAT's drawn as radios, one an entry, instead of a list.</summary>
public static class RadioList
{
    private const int Fewest = 3;

    /// <summary>The entry to choose; null when the page draws none, or the wanted one is chosen.</summary>
    public static Move? Next(Scope scope, Goal goal, History history)
    {
        foreach (var group in scope.Ticks.Where(t => t is { Kind: FieldKind.Radio, Name.Length: > 0 }).GroupBy(t => (t.Form, t.Name)).Where(g => g.Count() >= Fewest))
        {
            var entries = group.Select(t => (Radio: t, Choice: new Choice(t.Label.Length > 1 ? t.Label : t.Row, ""))).ToList();
            var drawn = entries[0].Radio with { Kind = FieldKind.Select, Options = [.. entries.Select(e => e.Choice)] };
            if (OptionMatch.CatalogueOf(drawn) is not { } catalogue || goal.ValueOf(catalogue) is not { } wanted)
            {
                continue;
            }

            var entry = OptionMatch.Pick(catalogue, wanted, drawn.Choices);
            var radio = entries.FirstOrDefault(e => e.Choice == entry).Radio;
            if (radio is { Checked: true })
            {
                history.Typed.NoteReceptor(catalogue);
            }
            else if (radio is { Disabled: false } && history.Typed.TimesOf(radio) < 2)
            {
                return new Move.Tick(radio, true, $"Elegí «{Filling.Short(radio.Row.Length > 0 ? radio.Row : radio.Caption)}».");
            }
            else if (entry is null && catalogue is "regimen_fiscal" or "uso_cfdi")
            {
                return Endings.Stop(Outcome.ReceptorRechazado, $"El portal no ofrece el valor {wanted} entre sus opciones.", catalogue);
            }
        }

        return null;
    }
}
