namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What was done in this attempt and what came of it, as far as the next move depends on it.</summary>
public sealed partial class History
{
    private readonly Dictionary<string, int> fills = [];
    private readonly HashSet<string> seen = [];
    private readonly HashSet<string> told = [];
    private readonly Dictionary<string, int> counts = [];
    private (List<Field> Fields, string Besides)? typed;

    public Recipe? Known { get; init; }
    public Recipe Learned { get; } = new();

    /// <summary>Fields whose typing changed something else on the page.</summary>
    public HashSet<string> Loud { get; } = [];

    /// <summary>Address of the page on which the first value of the ticket was typed; not where an invoice was searched for.</summary>
    public string? FormUrl { get; private set; }

    /// <summary>Looking for an invoice that exists; nothing that emits is pressed any more.</summary>
    public bool Consulting { get; private set; }

    /// <summary>Typing the ticket again to hear that it is invoiced.</summary>
    public bool Reentering { get; set; }

    public bool RecoverPressed { get; private set; }
    /// <summary>The portal knows the account: its password was typed, or an earlier sign-in is gone on with.</summary>
    public bool LoggedIn { get; set; }

    /// <summary>The account's list of taxpayers had ours chosen when it was looked at last.</summary>
    public bool ReceptorChosen { get; set; }

    public int Moves { get; private set; }
    public int Fills { get; private set; }
    public int Waits { get; private set; }
    public Move? Last { get; private set; }
    public Move.Press? LastPress { get; private set; }

    /// <summary>What the last dialog said that asked for nothing and was closed; null when something was typed since.</summary>
    public string? Told { get; private set; }
    /// <summary>Lists, by field key, from which an entry was picked.</summary>
    public HashSet<string> Picked { get; } = [];

    /// <summary>Receptor data that stands on the portal's pages since they were entered last.</summary>
    public HashSet<string> ReceptorTyped { get; } = [];

    /// <summary>The RFC was given to the portal at some time of this attempt.</summary>
    public bool EverTyped { get; private set; }

    /// <summary>Ticket values by field key, as last typed.</summary>
    public Dictionary<string, string> TicketTyped { get; } = [];

    /// <summary>Lists that did not hold the wanted entry, by field key, with what they held.</summary>
    public Dictionary<string, IReadOnlyList<string>> Missing { get; } = [];

    /// <summary>A second reading of a ticket value, by field key, once the first was not known to the portal.</summary>
    public Dictionary<string, string> OtherReadings { get; } = [];

    public bool CaptchaAnswered { get; private set; }

    public void CaptchaWrong() => CaptchaAnswered = false;

    public HashSet<string> IgnoredDialogs { get; } = [];
    public Delivered Files { get; } = new();

    public int FillsOf(Field field) => fills.GetValueOrDefault(field.Key);

    /// <summary>Something was typed since the pages were entered to look for an invoice.</summary>
    public bool SearchTyped => fills.Count > 0;

    public int Count(string what) => counts.GetValueOrDefault(what);

    public int Bump(string what) => counts[what] = Count(what) + 1;

    /// <summary>Texts that appeared after the last move, with whether they stand out as messages.</summary>
    public IReadOnlyList<(string Text, bool StandsOut)> Fresh(Snapshot now) =>
    [
        .. now.Native.Select(t => (t, true)),
        .. now.Notices.Where(n => !seen.Contains(n.Text)).Select(n => (n.Text, true)),
        .. now.Dialogs.Where(d => !seen.Contains(d.Text)).Select(d => (d.Text, d.Text.Length <= 200 && !now.Fields.Any(f => f.Dialog == d.Index))),
        .. now.Lines.Where(l => !seen.Contains(l)).Select(l => (l, false)),
    ];

    public Presses Presses { get; } = new();

    /// <summary>Pressed here before, and nothing was typed since; or pressed too often.</summary>
    public bool Spent(Snapshot now, Control control) => Presses.Spent(now, control, Fills);

    public bool Pressed(Control control) => Presses.Has(control);

    /// <summary>Pressed since anything was typed, and the form it was pressed in is still there.</summary>
    public bool Tried(Snapshot now, Control control) => Presses.Tried(now, control, Fills);

    /// <summary>The page after the last move: what was typed is quiet when nothing else changed.</summary>
    public void Look(Snapshot page, bool asked)
    {
        if (typed is not { } last)
        {
            return;
        }

        typed = null;
        var keys = last.Fields.ConvertAll(Recipe.FieldKey);
        if (!asked && page.Besides(last.Fields.ConvertAll(f => f.Key)) == last.Besides)
        {
            Learned.Quiet.UnionWith(keys);
        }
        else
        {
            Learned.Quiet.ExceptWith(keys);
            Loud.UnionWith(keys);
        }
    }

    /// <summary>It came up before the receptor was typed, and asks nothing: it speaks of the portal, not of this invoice, however often it comes.</summary>
    public bool IsNotice(Dialog dialog) => told.Contains(dialog.Text) && !dialog.Text.Contains('?', StringComparison.Ordinal);

    /// <summary>Records a move that was carried out on the page as it was before.</summary>
    public void Did(Move move, Snapshot before, bool ok, DateTimeOffset now)
    {
        Moves++;
        Waits = move is Move.Wait ? Waits + 1 : 0;
        Last = move;
        if (move is Move.Wait)
        {
            return;
        }

        if (move is not Move.CollectFiles)
        {
            seen.UnionWith(before.Notices.Select(n => n.Text).Concat(before.Lines).Concat(before.Dialogs.Select(d => d.Text)));
            told.UnionWith(EverTyped ? [] : before.Dialogs.Select(d => d.Text));
        }

        switch (move)
        {
            case Move.Fill or Move.Choose: Typed([move], before, ok); break;
            case Move.FillForm form: Typed(form.Parts, before, ok); break;
            case Move.Tick tick: fills[tick.Field.Key] = FillsOf(tick.Field) + 1; break;
            case Move.Press press: Pressed(press, before, now); break;
            case Move.CollectFiles collect: collect.Controls.ToList().ForEach(c => Bump(Collecting.Key(c))); break;
            case Move.Consult: BeginConsult(); break;
            case Move.Navigate:
                ReceptorTyped.Clear();
                Presses.Return();
                break;
        }
    }

    public void BeginConsult()
    {
        Consulting = true;
        RecoverPressed = false;
        Reentering = false;
        Presses.Forget();
        fills.Clear();
    }

    /// <summary>It stands right on the page, whoever put it there.</summary>
    public void NoteReceptor(string canonical)
    {
        ReceptorTyped.Add(canonical);
        EverTyped = true;
    }

    private void Typed(IReadOnlyList<Move> moves, Snapshot before, bool ok)
    {
        var fields = new List<Field>();
        foreach (var move in moves)
        {
            var (field, canonical, value, secret) = move is Move.Fill f ? (f.Field, f.Canonical, f.Value, f.Secret) : move is Move.Choose c ? (c.Field, c.Canonical, c.Value, false) : throw new ArgumentException(move.Why);
            FormUrl ??= !Consulting && Vocabulary.IsGroup(canonical, "ticket") ? before.Url : null;
            Filled(field, canonical, value, secret, ok);
            _ = ok && move is Move.Choose && Picked.Add(field.Key);
            fields.Add(field);
        }

        typed = ok ? (fields, before.Besides(fields.ConvertAll(f => f.Key))) : null;
    }

    private void Filled(Field field, string canonical, string value, bool secret, bool ok)
    {
        Fills++;
        Told = null;
        CaptchaAnswered |= canonical == "captcha" && value.Length > 0;
        fills[field.Key] = FillsOf(field) + 1;
        if (!ok)
        {
            return;
        }

        if (Vocabulary.IsGroup(canonical, "receptor"))
        {
            NoteReceptor(canonical);
        }
        else if (Vocabulary.IsGroup(canonical, "ticket"))
        {
            TicketTyped[field.Key] = value;
        }

        LoggedIn |= canonical == "contrasena";
        if (!secret)
        {
            Learned.Fields[Recipe.FieldKey(field)] = canonical;
        }
    }

    private void Pressed(Move.Press press, Snapshot before, DateTimeOffset now)
    {
        Presses.Add(press, before, Fills);
        LastPress = press;
        Told = before.Dialogs.FirstOrDefault(d => d.Index == press.Control.Dialog && !before.Fields.Any(f => f.Dialog == d.Index))?.Text ?? Told;
        RecoverPressed |= press.Purpose == "recover";
        if (!Consulting)
        {
            Learned.Presses[Recipe.PageKey(before)] = Words.Normalise(press.Control.Caption);
        }

        if (press.Emits)
        {
            EmittingPress(before, now);
        }
    }
}
