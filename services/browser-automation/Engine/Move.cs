namespace Invoicing.BrowserAutomation.Engine;

/// <summary>One thing to do on the page. <see cref="Why"/> is Spanish, for the person who follows the job, and holds no personal datum in full.</summary>
public abstract record Move(string Why)
{
    /// <param name="Secret">Masked in pictures and never described: a password, a captcha's answer.</param>
    /// <param name="ByKeys">Typed key by key: the field has a mask, or would not take it otherwise.</param>
    public sealed record Fill(Field Field, string Canonical, string Value, bool Secret, bool ByKeys, string Why) : Move(Why);

    /// <summary>Pick an entry of a list, opening or typing into it where it is not a plain select.</summary>
    public sealed record Choose(Field Field, string Canonical, string Value, string Why) : Move(Why);

    /// <param name="Parts">Fills and choices, of which the recipe knows that they do not disturb each other.</param>
    public sealed record FillForm(IReadOnlyList<Move> Parts, string Why) : Move(Why);

    public sealed record Tick(Field Field, bool On, string Why) : Move(Why);

    /// <param name="Emits">The point of no return: recorded durably before the click.</param>
    public sealed record Press(Control Control, string Purpose, bool Emits, string Why) : Move(Why);

    /// <summary>Scroll what is inside the dialog, or on the page (−1), to its end: some enable their button or box only then.</summary>
    public sealed record Reveal(int Dialog, string Why) : Move(Why);

    /// <param name="Kind">captcha, login, dato or confirmacion.</param>
    /// <param name="Datum">Canonical field or the portal's own label; answers are filed under it.</param>
    public sealed record AskPerson(string Kind, string Datum, string Prompt, Picture? Picture, IReadOnlyList<string> Options, string Why) : Move(Why);

    /// <summary>Press each of these and take what comes; none: take what is embedded in the page.</summary>
    public sealed record CollectFiles(IReadOnlyList<Control> Controls, string Why) : Move(Why);

    /// <summary>From now on only look for an invoice that exists.</summary>
    public sealed record Consult(string Why) : Move(Why);

    public sealed record Navigate(string Url, string Why) : Move(Why);

    public sealed record Wait(int Milliseconds, string Why) : Move(Why);

    public sealed record Stop(Outcome Outcome) : Move(Outcome.Detail);
}
