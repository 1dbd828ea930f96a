using System.Text.Encodings.Web;
using Invoicing.Portals.Engine.Faults;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Engine.Visits;

/// <summary>One request to one portal: its session, what was typed, and the pages it can answer with.</summary>
public sealed class Visit(HttpContext context, IPortal portal, Session session, IFormCollection? form, FaultBoard faults)
{
    private bool _looked;

    public HttpContext Context { get; } = context;
    public IPortal Portal { get; } = portal;
    public Session Session { get; } = session;

    public static ValueTask<Visit?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Visit>());

    /// <summary>
    /// What was typed into a field, trimmed; under its own name or the one it drifts to, with or without the naming containers
    /// of WebForms (<c>ctl00$…$name</c>) and JSF (<c>form:name</c>). Empty if absent.
    /// </summary>
    public string Field(string name)
    {
        var value = Sent(name) is { Length: > 0 } plain ? plain : Sent(Drift.Id(name));
        return value.Trim();
    }

    /// <summary>What was sent in the field whose name begins so; empty if absent.</summary>
    public string FieldStarting(string prefix) =>
        form?.Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(field => field.Value.ToString()).FirstOrDefault() ?? "";

    public Fault? Strike(string kind, Ticket? ticket = null) => faults.Strike(Portal.Merchant.Portal, kind, ticket);

    /// <summary>Decides, once a visit, whether the page drifts. For pages that put pieces in before the whole is drawn.</summary>
    public void NewLook()
    {
        if (_looked) return;
        _looked = true;
        Session.Drifted = faults.Strike(Portal.Merchant.Portal, "layout_drift") is not null;
    }

    /// <summary>An own page inside the portal's frame. What was typed fills the fields that <paramref name="values"/> leave out.</summary>
    public IResult Page(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        NewLook();
        var filled = Typed(values);
        filled["contenido"] = Render(name, filled) + Interruptions();
        return Results.Content(Render("marco", filled), "text/html; charset=utf-8");
    }

    /// <summary>A piece of a page as HTML, drifted if the page last shown was.</summary>
    public string Fragment(string name, params ReadOnlySpan<(string Name, string Value)> values) => Render(name, Typed(values));

    /// <summary>The emission happened, but its answer is lost: the connection drops.</summary>
    public bool LosesAnswer(Ticket ticket)
    {
        if (Strike("lost_response", ticket) is null) return false;
        Context.Abort();
        return true;
    }

    /// <summary>The fields rfc, nombre, cp, regimen, uso, correo as typed; the RFC in upper case.</summary>
    public Receptor Receptor(string? regimen = null, string? uso = null) => new(
        Field("rfc").ToUpperInvariant(), Field("nombre"), Field("cp"), regimen ?? Field("regimen"), uso ?? Field("uso"), Field("correo"));

    private string Render(string page, Dictionary<string, string> values) =>
        Template.Render($"{Portal.GetType().Namespace!.Split('.')[^1]}/{page}", values, Session.Drifted);

    private Dictionary<string, string> Typed(ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new Dictionary<string, string>();
        foreach (var field in form ?? FormCollection.Empty) filled[Drift.NameOf(Bare(field.Key))] = field.Value.ToString();
        foreach (var (key, value) in values) filled[key] = value;
        return filled;
    }

    private string Sent(string name) =>
        form?.Where(field => Bare(field.Key) == name).Select(field => field.Value.ToString()).FirstOrDefault() ?? "";

    private static string Bare(string key) => key[(key.LastIndexOfAny([':', '$']) + 1)..];

    private string Interruptions()
    {
        var html = "";
        if (Strike("native_dialog") is { } dialog)
            html += $"<script>alert({JavaScript(dialog.Value ?? "Aviso: tenga a la mano su Constancia de Situación Fiscal.")});</script>";
        if (Strike("modal_again") is not null)
            html += Template.Render("Engine/aviso", new Dictionary<string, string>(), false);
        return html;
    }

    private static string JavaScript(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";
}
