using System.Text;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>
/// The hidden state that each page carries and must send back. Only the page last drawn in a session is alive, so the
/// browser's Back and a second tab end the visit.
/// </summary>
internal static class ViewState
{
    /// <summary>Draws a page with a new view state and event validation.</summary>
    public static IResult Draw(Visit visit, string page, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var state = visit.Session.Values["vista"] = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{page}|{Chance.Hex(700)}"));
        var validation = visit.Session.Values["evento"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(Chance.Hex(90)));
        var hidden = $"<input type=\"hidden\" name=\"__EVENTTARGET\" id=\"__EVENTTARGET\" value=\"\"><input type=\"hidden\" name=\"__EVENTARGUMENT\" id=\"__EVENTARGUMENT\" value=\"\">"
            + $"<input type=\"hidden\" name=\"__VIEWSTATE\" id=\"__VIEWSTATE\" value=\"{state}\"><input type=\"hidden\" name=\"__EVENTVALIDATION\" id=\"__EVENTVALIDATION\" value=\"{validation}\">";
        return visit.Page(page, [.. values, ("ocultos", hidden)]);
    }

    /// <summary>Null if the post belongs to the page last drawn; otherwise the way back to the first page.</summary>
    public static IResult? Stale(Visit visit) =>
        visit.Session.Values.TryGetValue("vista", out var state) && visit.Field("__VIEWSTATE") == state
            && visit.Session.Values.TryGetValue("evento", out var validation) && visit.Field("__EVENTVALIDATION") == validation ? null : Expired(visit);

    public static IResult Expired(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        visit.Session.Notice = "La sesión ha expirado";
        return Results.Redirect(visit.Portal.FirstPage);
    }

    /// <summary>Whether this control caused the postback: a button, an image that sends where it was hit, or <c>__doPostBack</c>.</summary>
    public static bool CausedBy(Visit visit, string control)
    {
        var target = visit.Field("__EVENTTARGET");
        if (target.Length == 0) return visit.Field(control).Length > 0 || visit.Field($"{control}.x").Length > 0 || visit.Field($"{Drift.Id(control)}.x").Length > 0;
        var name = target[(target.LastIndexOf('$') + 1)..];
        return name == control || name == Drift.Id(control);
    }
}
