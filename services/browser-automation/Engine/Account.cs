namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Portals with accounts: around the sign-in where a guest may pass, through it with the tenant's own credentials, and for the right RFC.</summary>
public static class Account
{
    /// <summary>Signed in, and the account is set to invoice to somebody else: the RFC wanted is chosen first. Null when nothing is amiss.</summary>
    public static Move? Next(Snapshot page, Scope scope, Goal goal, History history)
    {
        if (!history.LoggedIn || scope.Login)
        {
            return null;
        }

        if (scope.Ticks.FirstOrDefault(t => t.Kind == FieldKind.Radio && IsOurs(t, goal) && IsOld(t, goal)) is { } old)
        {
            return Endings.Stop(Outcome.RequiereHumano, $"La cuenta del portal tiene guardado otro código postal para este RFC («{Filling.Short(old.Label)}»): corríjalo en el portal; no se emitió.", "codigo_postal", error: "account_data");
        }

        var chosen = scope.Ticks.Any(t => t is { Kind: FieldKind.Radio, Checked: true } && IsOurs(t, goal));
        if (chosen)
        {
            history.ReceptorChosen = true;
        }

        var ours = scope.Ticks.FirstOrDefault(t => t is { Kind: FieldKind.Radio, Checked: false, Disabled: false } && IsOurs(t, goal) && history.Typed.TimesOf(t) < 2);
        if (ours is not null)
        {
            return new Move.Tick(ours, true, "Elegí el RFC del receptor en la cuenta del portal.");
        }

        var shown = Pressing.RfcsIn(string.Join('\n', page.Lines), goal);
        var unknown = shown.Count == 0 && scope.HasForm && !history.ReceptorChosen;
        var change = unknown || (shown.Count > 0 && !shown.Contains(goal.Receptor.Rfc)) ? page.Controls.FirstOrDefault(c => !c.Disabled && Buttons.Score(c, "switch_receptor") > 0.6 && !history.Spent(page, c)) : null;
        return change is null ? null : new Move.Press(change, "switch", false, $"Abrí «{change.Caption}»: se comprueba a qué RFC factura la cuenta.");
    }

    /// <summary>What is asked where a person must sign in by hand.</summary>
    public const string SignIn = "inicio_de_sesion";

    /// <summary>Under which a person's yes to typing the password at that host is filed.</summary>
    public static string Consent(string host) => "contrasena_en:" + host;

    private static bool IsOurs(Field radio, Goal goal) => Words.Code(radio.Label).Contains(Words.Code(goal.Receptor.Rfc), StringComparison.Ordinal);

    // What the account has on file is what the invoice will say.
    private static bool IsOld(Field radio, Goal goal) =>
        PostalCodes.Matches(radio.Label).Select(m => m.Value).ToList() is { Count: > 0 } codes && !codes.Contains(goal.Receptor.CodigoPostal);

    private static readonly System.Text.RegularExpressions.Regex PostalCodes = new(@"(?<!\w)\d{5}(?!\w)");

    /// <summary>A page that asks for a user and a password.</summary>
    public static Move? Login(Snapshot page, Scope scope, Goal goal, History history)
    {
        var guest = scope.Controls.Concat(page.Controls).FirstOrDefault(c => !c.Disabled && !Buttons.Is(c, "login") && !history.Spent(page, c) && !history.Presses.IsDeadEnd(c) && (Buttons.Score(c, "enter") >= 0.9 || (goal is { Password: null, Stranger: null } && Arrival.SpeaksOfInvoicing(c))));
        if (guest is not null)
        {
            return new Move.Press(guest, "enter", false, $"Entré sin usuario por «{guest.Caption}».");
        }

        if (goal.Stranger is { } host && history.Count("asked:" + Consent(host)) == 0)
        {
            return new Move.AskPerson("confirmacion", Consent(host), $"¿Se escribe en {host} la contraseña guardada para este comercio? Sólo si es su portal.", null, [], "Se pidió a una persona confirmar dónde se inicia sesión.");
        }

        if (goal.Password is null && ((Move?)Arrival.Retreat(goal, history) ?? AskToSignIn(history)) is { } around)
        {
            return around;
        }

        return goal.Password is null ? Endings.Stop(Outcome.RequiereHumano, "El portal pide iniciar sesión y no hay credenciales guardadas para este comercio.", error: "login")
            : history.Count("login") > 0 && Vouch(scope, goal, history) is { } vouch ? vouch
            : history.Count("login") > 1 ? Endings.Stop(Outcome.RequiereHumano, "El portal no aceptó las credenciales guardadas.", error: "login")
            : Filling.Next(page, scope, goal, history) ?? Verify(page, scope, history) ?? PressLogin(page, scope, history);
    }

    private static Move.AskPerson? AskToSignIn(History history) => history.Count("asked:" + SignIn) > 0 ? null
        : new Move.AskPerson("login", SignIn, "El portal pide iniciar sesión y no hay credenciales guardadas para este comercio: inicie sesión en la página en vivo y apruebe.", null, [], "Se pidió a una persona iniciar sesión en la página.");

    // The sign-in did not succeed and a box beside it stands empty, in words nobody has taught us: whether to tick it is a person's word, for it may be what tells people from programs.
    private static Move? Vouch(Scope scope, Goal goal, History history)
    {
        var box = scope.Ticks.FirstOrDefault(t => t is { Kind: FieldKind.Checkbox, Checked: false, Disabled: false } && !Choices.Speaks("leave", $"{t.Label} {t.Name} {t.Id}") && history.Typed.TimesOf(t) < 2);
        return box is null ? null
            : goal.Answers.ContainsKey(Filling.NoRobot) ? new Move.Tick(box, true, "Marqué la casilla que una persona aprobó.")
            : history.Count("asked:" + Filling.NoRobot) > 0 ? null
            : new Move.AskPerson("confirmacion", Filling.NoRobot, $"El portal no dejó entrar y tiene sin marcar «{Filling.Short(box.Caption)}». ¿Se marca?", null, [], "Se pidió a una persona confirmar una casilla del inicio de sesión.");
    }

    // A challenge with a button of its own is answered before signing in.
    private static Move? Verify(Snapshot page, Scope scope, History history)
    {
        var field = CaptchaMoves.FieldOf(page, scope);
        var beside = field is null ? [] : scope.Controls.Where(c => c is { Disabled: false, Kind: not "link" } && c.Order > field.Order && c.Order < field.Order + 6 && !Buttons.LeadsAway(c) && !Buttons.Is(c, "login") && !Buttons.Is(c, "refresh_captcha") && !history.Spent(page, c)).ToList();
        var verify = beside.FirstOrDefault(c => Buttons.Score(c, "advance") > 0.6) ?? (field?.Value.Length > 0 && scope.Controls.Any(c => Buttons.Is(c, "login") && !beside.Contains(c)) ? beside.FirstOrDefault() : null);
        return verify is null ? null : new Move.Press(verify, "advance", false, $"Presioné «{verify.Caption}».");
    }

    private static Move? PressLogin(Snapshot page, Scope scope, History history)
    {
        var enter = scope.Controls.Where(c => !c.Disabled && Buttons.Is(c, "login")).OrderByDescending(c => Buttons.Score(c, "login")).FirstOrDefault();
        history.Bump("login");
        return enter is null ? null : new Move.Press(enter, "login", false, "Inicié sesión en el portal.");
    }
}
