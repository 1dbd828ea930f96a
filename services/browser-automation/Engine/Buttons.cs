namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What pressing a control would do, told by its words alone.</summary>
public static class Buttons
{
    private static readonly IReadOnlyList<ButtonEntry> Entries = Knowledge.Load<ButtonEntry>("buttons");

    /// <summary>0 when it does not look like the role at all.</summary>
    public static double Score(Control control, string role)
    {
        if (role != "decoy" && role != "back" && IsDecoy(control))
        {
            return 0;
        }

        return Raw(control, role);
    }

    /// <summary>Never pressed: it cancels, replaces, invoices to nobody, or leads away.</summary>
    public static bool IsDecoy(Control control)
    {
        var decoy = Raw(control, "decoy");
        return decoy > 0 && decoy >= Raw(control, "emit") && decoy >= Raw(control, "recover") && decoy >= Raw(control, "enter");
    }

    public static bool Is(Control control, string role) => Score(control, role) > 0;

    /// <summary>Begins anew: a way in before anything was typed, away from it afterwards.</summary>
    public static bool BeginsAnew(Control control) => !IsDecoy(control) && Raw(control, "anew") is var anew && anew >= 0.8 && anew >= Raw(control, "back");

    /// <summary>Takes the flow back or away: not pressed on the way forward.</summary>
    public static bool LeadsAway(Control control) =>
        IsDecoy(control) || (Math.Max(Raw(control, "back"), Raw(control, "anew")) is var back && back > 0 && back > new[] { "emit", "maybe_emit", "advance", "confirm", "enter" }.Max(r => Raw(control, r)));

    private static double Raw(Control control, string role)
    {
        var entry = Entries.First(e => e.Role == role);
        var text = Words.Normalise(control.Text);
        var spoken = Math.Max(entry.Phrases.Select(p => Likeness(text, p)).DefaultIfEmpty().Max(), Grammar.Score(text, role));
        if (spoken > 0 || text.Length > 3)
        {
            return spoken;
        }

        // Image buttons and icons have no words: their title, name or icon's class tells.
        var hints = new[] { control.Title, control.Name, control.Icon }.Select(Words.Normalise).Where(h => h.Length > 0);
        return 0.8 * hints.SelectMany(h => entry.Phrases.Select(p => Likeness(h, p)).Append(Grammar.Score(h, role))).DefaultIfEmpty().Max();
    }

    // Short words ("no", "si", "x", "ok", "ir") count only when they are all that is said.
    private static double Likeness(string text, string phrase) => phrase.Length <= 3 ? (text == phrase ? 1 : phrase is "xml" or "pdf" or "zip" ? Words.Likeness(text, phrase) : 0) : Words.Likeness(text, phrase);
}
