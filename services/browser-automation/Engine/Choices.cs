namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Boxes and radios: which are ticked, which must stay empty.</summary>
public static partial class Choices
{
    private static readonly IReadOnlyList<ChoiceEntry> Entries = Knowledge.Load<ChoiceEntry>("choices");

    public static bool Speaks(string kind, string? text)
    {
        var words = Words.Normalise(text);
        return Entries.Where(e => e.Kind == kind).SelectMany(e => e.Phrases).Any(p => $" {words}".Contains($" {p}", StringComparison.Ordinal));
    }

    /// <summary>True: tick it. Null: leave it as the portal has it.</summary>
    public static bool? Wanted(Field field, Goal goal, bool consult)
    {
        var text = $"{field.Label} {field.Name} {field.Id}";
        if (field.Kind == FieldKind.Checkbox)
        {
            // What costs money is nobody's to agree to.
            return IsLeftAlone(field) ? (field.Checked ? false : null) : Speaks("tick", field.Label) || field is { Required: true, Row.Length: 0 } ? true : null;
        }

        if (!consult && IsOfTicket(field, goal))
        {
            return true;
        }

        var kind = consult ? "radio_consult" : "radio_emit";
        return Speaks(kind, text) || Speaks(goal.IsPerson ? "radio_fisica" : "radio_moral", field.Label) || (!consult && Speaks("radio_mail", field.Label)) ? true : null;
    }

    /// <summary>A box for something else than the invoice: advertising, donations, what costs money.</summary>
    public static bool IsLeftAlone(Field box) => Speaks("leave", $"{box.Label} {box.Name} {box.Id}") || Price().IsMatch(box.Label);

    // "Plaza Culiacán" for a ticket of that plaza, "Tarjeta de débito" for one that was paid so.
    private static bool IsOfTicket(Field radio, Goal goal)
    {
        var label = Words.Normalise(radio.Label);
        return (goal.ValueOf("forma_pago") is { } paid && OptionMatch.Shows("forma_pago", paid, radio.Label))
            || goal.Ticket.Values.Select(Words.Normalise).Any(v => v.Length >= 4 && v.Any(char.IsLetter) && Words.Has(label, v));
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\$ ?\d")]
    private static partial System.Text.RegularExpressions.Regex Price();
}
