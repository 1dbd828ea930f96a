namespace Invoicing.BrowserAutomation.Engine;

/// <summary>The part of the page that the flow goes through now: the dialog on top, else the page without forms that serve something else.</summary>
public sealed record Scope(IReadOnlyList<Mapped> Map, IReadOnlyList<Field> Ticks, IReadOnlyList<Control> Controls, Dialog? Dialog, bool Login)
{
    public IEnumerable<Mapped> Open => Map.Where(m => m.Field.Open);

    public int FirstOrder => Map.Where(m => m.Canonical is not null).Select(m => m.Field.Order).DefaultIfEmpty(-1).Min();

    public int LastOrder => Map.Where(m => m.Canonical is not null && m.Field.Open).Select(m => m.Field.Order).Concat(Ticks.Select(t => t.Order)).DefaultIfEmpty(-1).Max();

    /// <summary>A sign beside the only box, which is empty and not ours to fill: it would send nothing.</summary>
    public bool SendsNothing(Control control) =>
        Words.Normalise(control.Text).Length == 0 && Map.Where(m => m.Field.Open).ToList() is [{ Wanted: null, Field: { Kind: FieldKind.Text, Value.Length: 0 } box }] && control.Order > box.Order;

    /// <summary>There is something to type that concerns an invoice.</summary>
    public bool HasForm => Open.Any(m => m.Group is "ticket" or "receptor" or "captcha" or "pago" || m.Canonical == "dato");

    public static Scope Of(Snapshot page, Goal goal, History history)
    {
        var dialog = page.Dialogs.LastOrDefault(d => !history.IgnoredDialogs.Contains(Words.Normalise(d.Text)));
        var fields = page.Fields.Where(f => dialog is null ? f.Dialog is null || history.IgnoredDialogs.Count > 0 : f.Dialog == dialog.Index).ToList();
        var controls = Rows.Ours([.. page.Controls.Where(c => dialog is null ? c.Dialog is null || history.IgnoredDialogs.Count > 0 : c.Dialog == dialog.Index)], goal);
        var map = CaptchaMoves.Mark(FieldMap.Of(fields, goal, history.Known?.Fields), page);
        var other = map.Where(m => m.Field.Form >= 0).GroupBy(m => m.Field.Form).Where(g => IsElsewhere([.. g], [.. controls.Where(c => c.Form == g.Key)], history)).Select(g => g.Key).ToHashSet();
        var mine = Leftovers.Assign([.. map.Where(m => !other.Contains(m.Field.Form) && m.Group != "otro")], goal, history);
        var login = mine.Any(m => m.Canonical == "contrasena");
        return new Scope(
            login ? [.. mine.Select(m => AsLogin(m, goal))] : mine, [.. fields.Where(f => f.IsTick && !other.Contains(f.Form))],
            [.. controls.Where(c => c.Form < 0 || !other.Contains(c.Form))], dialog, login);
    }

    // A search box, a newsletter, a sign-in beside a guest's form, a form to recover invoices beside the one to ask for them.
    private static bool IsElsewhere(List<Mapped> form, List<Control> controls, History history)
    {
        var recovers = controls.Any(c => Buttons.Score(c, "recover") >= 0.8) && !controls.Any(c => Buttons.Is(c, "emit") || Buttons.Is(c, "maybe_emit") || Buttons.Is(c, "advance"));
        var nothing = form.All(m => m.Group is "otro" || m.Canonical is null or "correo") && form.Count <= 2 && !form.Any(m => m.Field.Required && m.Canonical is null);
        var sendsAgain = history.Consulting && controls.Any(c => Buttons.Score(c, "recover") > 0.6);
        // Once the RFC is given, a box for the mail is where the invoice goes.
        var ours = history.Typed.EverReceptor && controls.Any(c => Arrival.SpeaksOfInvoicing(c) || Buttons.Score(c, "emit") > 0.6);
        return (recovers && !history.Consulting) || (nothing && !sendsAgain && !ours && form.All(m => m.Canonical is "busqueda" or "correo"));
    }

    private static Mapped AsLogin(Mapped m, Goal goal) =>
        m.Canonical is "correo" or "rfc" or "usuario" ? m with { Canonical = "usuario", Wanted = goal.Username, Rivals = [] } : m;
}
