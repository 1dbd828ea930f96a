using System.Text.Encodings.Web;
using Invoicing.Portals.Engine.Faults;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Engine.Visits;

/// <summary>One request to one portal: its session, what was typed, and the pages it can answer with.</summary>
public sealed class Visit(HttpContext context, IPortal portal, Session session, IFormCollection? form, FaultBoard faults)
{
    public HttpContext Context { get; } = context;
    public IPortal Portal { get; } = portal;
    public Session Session { get; } = session;

    public static ValueTask<Visit?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Visit>());

    /// <summary>What was typed into a field, trimmed; under its own name or the one it drifts to. Empty if absent.</summary>
    public string Field(string name)
    {
        var value = form?[name].ToString() is { Length: > 0 } plain ? plain : form?[Drift.Id(name)].ToString();
        return value?.Trim() ?? "";
    }

    public Fault? Strike(string kind, Ticket? ticket = null) => faults.Strike(Portal.Merchant.Portal, kind, ticket);

    /// <summary>An own page inside the portal's frame. What was typed fills the fields that <paramref name="values"/> leave out.</summary>
    public IResult Page(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new Dictionary<string, string>();
        foreach (var field in form ?? FormCollection.Empty) filled[Drift.NameOf(field.Key)] = field.Value.ToString();
        foreach (var (key, value) in values) filled[key] = value;
        var drifted = faults.Strike(Portal.Merchant.Portal, "layout_drift") is not null;
        var folder = Portal.GetType().Namespace!.Split('.')[^1];
        filled["contenido"] = Template.Render($"{folder}/{name}", filled, drifted) + Interruptions();
        return Results.Content(Template.Render($"{folder}/marco", filled, drifted), "text/html; charset=utf-8");
    }

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
