namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Pictures with letters: who answers is a person; here is only when to ask, and that an old picture is changed first.</summary>
public static class CaptchaMoves
{
    public const int MaxAnswers = 3;

    /// <summary>What is asked where there is no picture to read: only a hand on the page helps.</summary>
    public const string Widget = "captcha_widget";

    /// <summary>Null when no captcha stands in the way.</summary>
    public static Move? Next(Snapshot page, Scope scope, History history)
    {
        // Where it was solved once, the portal says whether it counts.
        if (page.CaptchaWidget && history.Count("captcha") == 0)
        {
            return new Move.AskPerson("captcha", Widget, "El portal usa un captcha que sólo una persona puede resolver: resuélvalo en la página en vivo y apruebe.", null, [], "Se pidió a una persona resolver el captcha en la página.");
        }

        var field = FieldOf(page, scope);
        if (field is null || field.Value.Length > 0 || Passed(scope, page, history))
        {
            return null;
        }

        if (history.Count("captcha") >= MaxAnswers)
        {
            return Endings.Stop(Outcome.RequiereHumano, "El captcha del portal no se pudo resolver en tres intentos.", error: "captcha");
        }

        if (Captcha.Sum.Of(field.Caption) is not null)
        {
            return new Move.AskPerson("captcha", field.Key, field.Caption, null, [], "Se respondió la pregunta del portal.");
        }

        if (PictureOf(page, field) is not { } picture)
        {
            return history.Count("captcha_wait") < 3 && history.Bump("captcha_wait") > 0 ? new Move.Wait(1000, "Se espera la imagen del captcha.")
                : new Move.AskPerson("captcha", field.Key, $"Escriba el código que pide el portal en «{field.Caption}».", null, [], "Se pidió a una persona resolver el captcha.");
        }

        return new Move.AskPerson("captcha", field.Key, "Escriba los caracteres que ve en la imagen.", picture, [], "Se pidió a una persona resolver el captcha.");
    }

    /// <summary>"Código" right after a picture that asks to be read is not the ticket's.</summary>
    public static IReadOnlyList<Mapped> Mark(IReadOnlyList<Mapped> map, Snapshot page)
    {
        var picture = map.Any(m => m.Canonical == "captcha") ? null : page.Pictures.FirstOrDefault(p => p.Suspicious);
        var box = picture is null ? null : map.Where(m => m.Field is { Kind: FieldKind.Text, Disabled: false } && m.Field.Order > picture.Order && m.Field.Order < picture.Order + 12).MinBy(m => m.Field.Order);
        var vague = box is not null && (box.Canonical is null || (box.Canonical == "codigo_facturacion" && (box.Field.MaxLength is <= 8 || Labels.Gist(Words.Normalise(box.Field.Caption)) == "codigo")));
        return vague ? [.. map.Select(m => m == box ? m with { Canonical = "captcha", Wanted = null, Rivals = [] } : m)] : map;
    }

    /// <summary>The answer was wrong or too late: the box is emptied, so that a person is asked with the new picture.</summary>
    public static Move? Wrong(Snapshot page, Goal goal, History history)
    {
        history.Typed.CaptchaWrong();
        var scope = Scope.Of(page, goal, history);
        var field = FieldOf(page, scope);
        return field is { Value.Length: > 0 } ? new Move.Fill(field, "captcha", "", true, false, "El portal no aceptó la respuesta del captcha.") : null;
    }

    /// <summary>The control that changes the picture, null when there is none.</summary>
    public static Control? Refresh(Snapshot page, Field field) =>
        page.Controls.Where(c => !c.Disabled && Buttons.Score(c, "refresh_captcha") > 0.6).OrderBy(c => Math.Abs(c.Order - field.Order)).FirstOrDefault();

    public static Field? FieldOf(Snapshot page, Scope scope) =>
        scope.Open.FirstOrDefault(m => m.Canonical == "captcha")?.Field
        ?? page.Pictures.Where(p => p.Suspicious).Select(p => scope.Open.Where(m => m.Canonical is null && m.Field.Kind == FieldKind.Text && Math.Abs(m.Field.Order - p.Order) < 25).OrderBy(m => Math.Abs(m.Field.Order - p.Order)).FirstOrDefault()?.Field).FirstOrDefault(f => f is not null);

    private static Picture? PictureOf(Snapshot page, Field field) =>
        page.Pictures.OrderBy(p => p.Suspicious ? 0 : 1).ThenBy(p => Math.Abs(p.Order - field.Order)).FirstOrDefault(p => p.Suspicious || Math.Abs(p.Order - field.Order) < 15);

    // The stage that asked it is behind us: its ticket is in the list, or the fields after it are open now.
    private static bool Passed(Scope scope, Snapshot page, History history) =>
        history.Typed.Captcha && history.LastPress is not null && scope.Map.Any(m => m.Group == "ticket" && m.Field.Value.Length == 0 && history.Typed.Ticket.GetValueOrDefault(m.Field.Key) is { } typed && page.Lines.Any(l => Words.Code(l).Contains(Words.Code(typed), StringComparison.Ordinal)));
}
