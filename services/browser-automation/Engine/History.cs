namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What was done in this attempt and what came of it, as far as the next move depends on it.</summary>
public sealed partial class History
{
    private const int FewLines = 3;
    private readonly HashSet<string> seen = [];
    private readonly HashSet<string> told = [];
    private readonly HashSet<string> rules = [];
    private readonly Dictionary<string, int> counts = [];
    private (string Url, HashSet<string> Fields)? form;

    public History() => Typed = new Typing(Learned);

    public Recipe? Known { get; init; }
    public Recipe Learned { get; } = new();
    public Typing Typed { get; }
    public Presses Presses { get; } = new();
    public Delivered Files { get; } = new();

    /// <summary>Looking for an invoice that exists; nothing that emits is pressed any more.</summary>
    public bool Consulting { get; private set; }

    /// <summary>Typing the ticket again to hear that it is invoiced.</summary>
    public bool Reentering { get; set; }

    public bool RecoverPressed { get; private set; }

    /// <summary>The page came of a press that asks for invoices that exist; not so any more when the pages are entered anew.</summary>
    public bool OnRecovery { get; private set; }

    /// <summary>The portal knows the account: its password was typed, or an earlier sign-in is gone on with.</summary>
    public bool LoggedIn { get; set; }

    /// <summary>The account's list of taxpayers had ours chosen when it was looked at last.</summary>
    public bool ReceptorChosen { get; set; }

    public int Moves { get; private set; }
    public int Waits { get; private set; }
    public Move? Last { get; private set; }
    public Move.Press? LastPress { get; private set; }

    /// <summary>What the last dialog said that asked for nothing and was closed; null when something was typed since.</summary>
    public string? Told { get; private set; }

    /// <summary>The last words of the portal that mean nothing known; null when something was typed since.</summary>
    public string? Heard { get; private set; }

    /// <summary>Lists that did not hold the wanted entry, by field key, with what they held.</summary>
    public Dictionary<string, IReadOnlyList<string>> Missing { get; } = [];

    /// <summary>A second reading of a ticket value, by field key, once the first was not known to the portal.</summary>
    public Dictionary<string, string> OtherReadings { get; } = [];

    public HashSet<string> IgnoredDialogs { get; } = [];

    public int Count(string what) => counts.GetValueOrDefault(what);

    public int Bump(string what) => counts[what] = Count(what) + 1;

    /// <summary>Texts that appeared after the last move, with whether they stand out as messages.</summary>
    public IReadOnlyList<(string Text, bool StandsOut)> Fresh(Snapshot now) =>
    [
        .. now.Native.Select(t => (t, true)),
        .. now.Notices.Where(n => !seen.Contains(n.Text)).Select(n => (n.Text, true)),
        .. now.Dialogs.Where(d => !seen.Contains(d.Text)).Select(d => (d.Text, d.Text.Length <= 200 && !d.Text.Contains('?', StringComparison.Ordinal) && !now.Fields.Any(f => f.Dialog == d.Index))),
        .. News(now),
    ];

    // A line or two that came on the very form that was pressed can only be its answer, however it looks; what a dialog asks over it is none.
    private IEnumerable<(string, bool)> News(Snapshot now)
    {
        // What labels a box says nothing: "Acepto que la factura no podrá modificarse una vez generada".
        var lines = now.Lines.Where(l => !seen.Contains(l) && !now.Fields.Any(f => f.Label == l)).ToList();
        var stays = lines.Count <= FewLines && now is { Pending: 0, Busy: false } && Last is Move.Press or Move.Wait && form is { Fields.Count: > 0 } pressed && pressed.Url == now.Url && pressed.Fields.SetEquals(now.Fields.Select(f => f.Key));
        return lines.Select(l => (l, stays && l.Contains(' ', StringComparison.Ordinal) && !now.Dialogs.Any(d => d.Text.Contains(l, StringComparison.Ordinal))));
    }

    /// <summary>Keeps what the portal says in words that mean nothing known: it may have faded when it is needed.</summary>
    public void Hear(IReadOnlyList<(string Text, bool StandsOut)> fresh) =>
        Heard = fresh.Where(t => t.StandsOut && t.Text.Length is > 8 and <= 200 && !t.Text.EndsWith("...", StringComparison.Ordinal) && !t.Text.EndsWith('…') && Messages.Of(t.Text, standsOut: true) is null or { Sensed: true }).Select(t => t.Text).LastOrDefault() ?? Heard;

    /// <summary>Pressed here before, and nothing was typed since; or pressed too often.</summary>
    public bool Spent(Snapshot now, Control control) => Presses.Spent(now, control, Typed.Count);

    public bool Pressed(Control control) => Presses.Has(control);

    /// <summary>Pressed since anything was typed, and the form it was pressed in is still there.</summary>
    public bool Tried(Snapshot now, Control control) => Presses.Tried(now, control, Typed.Count);

    /// <summary>It came up before the receptor was typed, and asks nothing: it speaks of the portal, not of this invoice, however often it comes.</summary>
    public bool IsNotice(Dialog dialog) => told.Contains(dialog.Text) && !dialog.Text.Contains('?', StringComparison.Ordinal);

    /// <summary>It stood on the page before the ticket was typed: it speaks of any ticket, not of this one.</summary>
    public bool IsRule(string notice) => Typed.Ticket.Count > 0 && rules.Contains(notice);

    /// <summary>Records a move that was carried out on the page as it was before.</summary>
    public void Did(Move move, Snapshot before, bool ok, DateTimeOffset now)
    {
        (Last, Moves, Waits) = (move, Moves + 1, move is Move.Wait ? Waits + 1 : 0);
        if (move is Move.Wait)
        {
            return;
        }

        if (move is not Move.CollectFiles)
        {
            seen.UnionWith(before.Notices.Select(n => n.Text).Concat(before.Lines).Concat(before.Dialogs.Select(d => d.Text)));
            rules.UnionWith(Typed.Ticket.Count > 0 ? [] : before.Notices.Select(n => n.Text));
            told.UnionWith(Typed.EverReceptor ? [] : before.Dialogs.Select(d => d.Text));
        }

        switch (move)
        {
            case Move.Fill or Move.Choose: Type([move], before, ok); break;
            case Move.FillForm form: Type(form.Parts, before, ok); break;
            case Move.Tick tick: Typed.Tick(tick.Field); break;
            case Move.Press press: Pressed(press, before, now); break;
            case Move.CollectFiles collect: collect.Controls.ToList().ForEach(c => Bump(Collecting.Key(c))); break;
            case Move.Consult: BeginConsult(); break;
            case Move.Navigate: Typed.Receptor.Clear(); Presses.Return(); OnRecovery = false; break;
        }
    }

    public void BeginConsult()
    {
        Consulting = true;
        RecoverPressed = false;
        OnRecovery = false;
        Reentering = false;
        Presses.Forget();
        Typed.Forget();
    }

    private void Type(IReadOnlyList<Move> moves, Snapshot before, bool ok)
    {
        Typed.Add(moves, before, ok, searching: Consulting);
        (Told, Heard) = (null, null);
        LoggedIn |= ok && moves.Any(m => m is Move.Fill { Canonical: "contrasena" });
    }

    private void Pressed(Move.Press press, Snapshot before, DateTimeOffset now)
    {
        Presses.Add(press, before, Typed.Count);
        LastPress = press;
        form = (before.Url, [.. before.Fields.Select(f => f.Key)]);
        Told = before.Dialogs.FirstOrDefault(d => d.Index == press.Control.Dialog && !before.Fields.Any(f => f.Dialog == d.Index))?.Text ?? Told;
        RecoverPressed |= press.Purpose == "recover";
        OnRecovery |= press.Purpose is "recover" or "search";
        if (!Consulting && press.Purpose is not ("choose" or "unfold"))
        {
            Learned.Presses[Recipe.PageKey(before)] = Words.Normalise(press.Control.Caption);
        }

        if (press.Emits)
        {
            EmittingPress(before, now);
        }
    }
}
