namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Which control takes the flow on, and whether pressing it emits.</summary>
public static class Pressing
{
    private const double Enough = 0.3;
    private const double Only = 0.35;
    private const int Patience = 4;
    private static readonly string[] Roles = ["emit", "maybe_emit", "advance", "confirm", "close", "back", "anew", "new_receptor", "saved_receptor", "recover", "decoy"];

    public static Move? Next(Snapshot page, Scope scope, Goal goal, History history)
    {
        var candidates = Candidates(page, scope, history);
        if (candidates.Count == 0)
        {
            return null;
        }

        // Pressed already and nothing was typed since: the portal gets time before it is pressed again.
        return history.Waits < Patience && history.Tried(page, candidates[0].Control)
            ? new Move.Wait(700, "Se espera la respuesta del portal.") : Press(page, scope, candidates[0].Control, goal, history);
    }

    /// <summary>Best first, all of them not yet spent and leading forward.</summary>
    public static IReadOnlyList<(Control Control, double Score)> Candidates(Snapshot page, Scope scope, History history) =>
        [.. scope.Controls.Where(c => !c.Disabled && !Buttons.LeadsAway(c) && !IsOther(c) && !scope.SendsNothing(c) && !history.Spent(page, c) && !IsDoneWith(scope, c, history) && !(history.EmitPressed && history.Presses.LedIn(c)))
            .Select(c => (c, Math.Max(Score(page, scope, c, history), OnlyWay(scope) == c ? Only : 0))).Where(c => c.Item2 > Enough).OrderBy(c => history.Tried(page, c.c) ? 1 : 0).ThenByDescending(c => c.Item2)];

    /// <summary>A button between two fields ("Buscar", "Agregar" beside the RFC): pressed when what stands before it is typed.</summary>
    public static Move? Inline(Snapshot page, Scope scope, Mapped before, Mapped after, History history)
    {
        var between = Between(page, scope, before, after, history);
        if (between is null)
        {
            return null;
        }

        history.Bump("inline:" + Words.Normalise(between.Caption) + before.Field.Key);
        return CaptchaMoves.Next(page, scope, history) ?? new Move.Press(between, "advance", false, $"Presioné «{between.Caption}».");
    }

    /// <summary>Such a button would be pressed between the two.</summary>
    public static bool IsBetween(Snapshot page, Scope scope, Mapped before, Mapped after, History history) => Between(page, scope, before, after, history) is not null;

    private static Control? Between(Snapshot page, Scope scope, Mapped before, Mapped after, History history) =>
        scope.Controls.FirstOrDefault(c => !c.Disabled && c.Order > before.Field.Order && c.Order < after.Field.Order && c.Kind != "link" && Buttons.Score(c, "advance") > 0.6
            && !Emits(c, scope, history) && !Buttons.LeadsAway(c) && !history.Spent(page, c) && !history.Tried(page, c) && history.Count("inline:" + Words.Normalise(c.Caption) + before.Field.Key) < 3);

    public static Move Press(Snapshot page, Scope scope, Control control, Goal goal, History history)
    {
        var emits = Emits(control, scope, history);
        if (emits && (WrongReceptor(page, scope, goal, history) ?? OnFile.Next(page, scope, goal, history)) is { } first)
        {
            return first;
        }

        if (emits && (goal.ConsultOnly || history.Consulting))
        {
            return Endings.Unresolved(history, "El portal acepta el ticket como no facturado; no se vuelve a emitir sin que una persona lo decida.");
        }

        return new Move.Press(control, emits ? "emit" : "advance", emits, emits ? $"Presioné «{control.Caption}» para emitir la factura." : $"Presioné «{control.Caption}».");
    }

    /// <summary>True where the press may issue the invoice. Doubt counts as yes once the receptor is typed.</summary>
    public static bool Emits(Control control, Scope scope, History history)
    {
        var account = history.LoggedIn && history.Typed.Ticket.Count > 0;
        var typed = history.Typed.Receptor.Contains("rfc") || account;
        var filled = history.Typed.Receptor.Count >= 3 || account;
        var emit = Buttons.Score(control, "emit");
        var maybe = Buttons.Score(control, "maybe_emit");
        var advance = Buttons.Score(control, "advance");
        // A link to another page of the portal issues nothing, whatever it is called.
        var leads = control.Kind == "link" && scope.Dialog is null && control.Href.Length > 1 && control.Href[0] != '#' && !control.Href.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);
        if (!typed || leads || (control.Kind == "link" && Math.Max(emit, maybe) == 0))
        {
            return false;
        }

        if (Math.Max(emit, maybe) >= advance && Math.Max(emit, maybe) > 0)
        {
            return true;
        }

        // What closes says no, if anything.
        if (scope.Dialog is not null && Buttons.Score(control, "close") > 0.8 && !Buttons.Is(control, "confirm") && !Buttons.Is(control, "advance"))
        {
            return false;
        }

        if (scope.Dialog is { } over && history.IsNotice(over))
        {
            return false;
        }

        // With the whole receptor there and nothing else on the page that would issue, a word that may mean either is taken for the last step.
        if (filled && history.Typed.Receptor.Contains("uso_cfdi") && Buttons.Score(control, "vague") > 0.8 && !scope.Controls.Any(c => c != control && (Buttons.Is(c, "emit") || Buttons.Is(c, "maybe_emit"))))
        {
            return true;
        }

        if (filled && advance == 0 && Arrival.SpeaksOfInvoicing(control))
        {
            return true;
        }

        var asks = scope.Dialog is { } dialog && Words.Normalise(dialog.Text) is var text && (text.Contains("factur", StringComparison.Ordinal) || text.Contains("cfdi", StringComparison.Ordinal) || text.Contains("datos", StringComparison.Ordinal) || text.Contains("segur", StringComparison.Ordinal));
        // Words that nobody has taught us, in a dialog over the whole receptor: perhaps the yes.
        var unknown = scope.Dialog is not null ? !Roles.Any(r => Buttons.Is(control, r)) : OnlyWay(scope) == control;
        return filled && (asks || unknown || (scope.Dialog is null && advance == 0 && (Buttons.Is(control, "confirm") || control.Kind == "submit")));
    }

    private static double Score(Snapshot page, Scope scope, Control control, History history)
    {
        var receptor = history.Typed.Receptor.Count >= 3 || scope.Map.Count(m => m.Group == "receptor" && m.Field.Open) >= 3;
        var score = new[]
        {
            Buttons.Score(control, "emit") * (receptor ? 1.0 : 0.75), Buttons.Score(control, "maybe_emit") * (receptor ? 0.95 : 0.8), Buttons.Score(control, "advance") * (receptor ? 0.85 : 1.0),
            Buttons.Score(control, "confirm") * 0.7, Buttons.Score(control, "new_receptor") * 0.6, control.Kind == "submit" ? 0.4 : 0,
            // "Ingresar" after a form that asks for no password.
            control.Kind != "link" && !scope.Login && scope.LastOrder >= 0 && control.Order > scope.LastOrder ? Buttons.Score(control, "login") * 0.6 : 0,
        }.Max();
        var above = scope.FirstOrder >= 0 && control.Order < scope.FirstOrder ? 0.4 : 0;
        var far = Math.Min(0.2, Math.Max(0, control.Order - scope.LastOrder) * 0.001);
        var learned = history.Known?.Knows(page, control) == true ? 0.3 : 0;
        return score == 0 ? 0 : score - above - far - (control.Kind == "link" ? 0.12 : 0) - (control.Order < scope.LastOrder ? 0.1 : 0) + learned;
    }

    /// <summary>The one button after the last box, in words nobody has taught us, where none is known to lead on.</summary>
    public static Control? OnlyWay(Scope scope)
    {
        var after = scope.LastOrder < 0 ? [] : scope.Controls.Where(c => c is { Kind: not "link", Folded: null } && c.Row.Length <= c.Text.Length + 3 && c.Text.Length > 1 && c.Order > scope.LastOrder && !Buttons.LeadsAway(c)).ToList();
        return after is [var only] && IsUnknown(only) ? only : null;
    }

    private static bool IsUnknown(Control control) => !Roles.Any(r => Buttons.Is(control, r)) && !IsOther(control);

    // "Agregar" beside boxes that its last press emptied: their ticket is in the list by now.
    private static bool IsDoneWith(Scope scope, Control control, History history)
    {
        if (!history.Pressed(control))
        {
            return false;
        }

        var begins = scope.Controls.Where(c => c.Order < control.Order && c.Kind != "link").Select(c => c.Order).DefaultIfEmpty(-1).Max();
        var beside = scope.Open.Where(m => m.Group == "ticket" && m.Field.Order > begins && m.Field.Order < control.Order).ToList();
        return beside.Count > 0 && beside.TrueForAll(m => Filling.IsBlank(m.Field) && history.Typed.Ticket.ContainsKey(m.Field.Key));
    }

    private static bool IsOther(Control control)
    {
        var forward = new[] { "emit", "maybe_emit", "advance", "confirm" }.Max(r => Buttons.Score(control, r));
        var other = new[] { "recover", "download_xml", "download_pdf", "refresh_captcha" }.Max(r => Buttons.Score(control, r));
        return other > 0 && other >= forward;
    }

    // The last look before the point of no return: another RFC on the page is a person's matter.
    private static Move? WrongReceptor(Snapshot page, Scope scope, Goal goal, History history)
    {
        var shown = scope.Map.FirstOrDefault(m => m.Canonical == "rfc" && m.Field.Value.Length >= 12 && !OptionMatch.Shows("rfc", goal.Receptor.Rfc, m.Field.Value) && !Values.Same("rfc", goal.Receptor.Rfc, m.Field.Value));
        // An account may invoice to another company than the one wanted: then it is not typed but shown.
        var text = scope.Dialog?.Text ?? (history.Typed.Receptor.Contains("rfc") ? "" : string.Join('\n', page.Lines));
        var read = RfcsIn(text, goal);
        if (!history.Typed.Receptor.Contains("rfc") && !history.ReceptorChosen && read.Count == 0)
        {
            return Endings.Stop(Outcome.RequiereHumano, "La cuenta del portal no muestra a qué RFC factura; no se emitió.", error: "receptor_unknown");
        }

        // Where it was not typed, any other RFC beside ours leaves it open which of them it will be.
        var other = history.Typed.Receptor.Contains("rfc") || scope.Dialog is not null ? read.Count > 0 && !read.Contains(goal.Receptor.Rfc) : read.Any(r => r != goal.Receptor.Rfc);
        return shown is not null || other
            ? Endings.Stop(Outcome.RequiereHumano, "El portal muestra otro RFC en lugar del receptor; no se emitió.", error: "receptor_mismatch") : null;
    }

    /// <summary>RFCs in the text, the merchant's own left out; one glued to the letter before it ("Facturar aXAXX…") counts once.</summary>
    public static IReadOnlyList<string> RfcsIn(string text, Goal goal)
    {
        var found = Shape.Matches(text.ToUpperInvariant()).Select(m => m.Value).Where(r => r != goal.MerchantRfc).Distinct().ToList();
        return [.. found.Where(r => !found.Exists(o => o.Length < r.Length && r.EndsWith(o, StringComparison.Ordinal)))];
    }

    private static readonly System.Text.RegularExpressions.Regex Shape = new(@"(?<![A-ZÑ&0-9])[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}(?![A-Z0-9])");
}
