namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Which controls were pressed, on which page and with what typed before, and which ways in led nowhere.</summary>
public sealed class Presses
{
    private readonly Dictionary<string, (int Times, int AtFill, string State)> onPage = [];
    private readonly List<(string Button, int AtFill, string Url, string Signature, HashSet<string> Fields)> tried = [];
    private readonly Stack<string> leads = [];
    private readonly HashSet<string> deadEnds = [];
    private readonly HashSet<string> entered = [];

    /// <summary>A way in was taken that has not been given up yet.</summary>
    public bool HasLead => leads.Count > 0;

    /// <summary>Pressed here before, and nothing was typed since; or pressed too often.</summary>
    public bool Spent(Snapshot now, Control control, int fills) =>
        onPage.TryGetValue(PageKey(now, control), out var p) && (p.Times >= 3 || (p.AtFill == fills && (p.State == now.State || p.Times >= 2 || control.Kind != "button")));

    /// <summary>Something was pressed beside what only led here.</summary>
    public bool Any { get; private set; }

    public bool Has(Control control) => tried.Exists(t => t.Button == Key(control));

    /// <summary>Pressed since anything was typed, and the form it was pressed in is still there: what it does has begun, or it did nothing.</summary>
    public bool Tried(Snapshot now, Control control, int fills) => tried.Exists(t =>
        t.Button == Key(control) && t.AtFill == fills && t.Url == now.Url && (t.Fields.Count == 0 ? t.Signature == now.Signature : t.Fields.IsSubsetOf(now.Fields.Select(f => f.Key))));

    /// <summary>It was the way in: pressed again it would begin anew.</summary>
    public bool LedIn(Control control) => entered.Contains(Key(control));

    /// <summary>Led to a page on which there was no way on.</summary>
    public bool IsDeadEnd(Control control) => deadEnds.Contains(Key(control));

    public void Add(Move.Press press, Snapshot before, int fills)
    {
        var key = PageKey(before, press.Control);
        onPage[key] = (onPage.TryGetValue(key, out var p) ? p.Times + 1 : 1, fills, before.State);
        tried.Add((Key(press.Control), fills, before.Url, before.Signature, [.. before.Fields.Where(f => !f.IsTick && !f.Disabled).Select(f => f.Key)]));
        Any |= press.Purpose is not ("enter" or "close" or "choose" or "unfold") && before.Fields.Any(f => f.Value.Length > 0);
        if (press.Purpose == "enter")
        {
            leads.Push(Key(press.Control));
            entered.Add(Key(press.Control));
        }
    }

    /// <summary>The last way in led nowhere: it is not taken again, and all the others are open anew.</summary>
    public void GiveUpLead()
    {
        deadEnds.Add(leads.Pop());
        leads.Clear();
        Forget();
    }

    public void Forget()
    {
        onPage.Clear();
        tried.Clear();
    }

    /// <summary>The pages are entered from the start.</summary>
    public void Return() => tried.Clear();

    private static string Key(Control control) => $"{Words.Normalise(control.Caption)}|{Words.Normalise(control.Name)}|{Words.Code(control.Row)}";

    private static string PageKey(Snapshot page, Control control) => $"{page.Signature}|{Key(control)}";
}
