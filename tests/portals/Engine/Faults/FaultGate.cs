using System.Globalization;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Engine.Faults;

/// <summary>The faults that keep a visitor from reaching the page.</summary>
public sealed class FaultGate(FaultBoard faults, TicketLedger ledger, Sessions sessions)
{
    /// <summary>True if the visitor may go on; false if the answer was given here.</summary>
    public async Task<bool> LetThrough(Visit visit, string? step)
    {
        var portal = visit.Portal.Merchant.Portal;
        var ticket = visit.Session.Ticket ?? ledger.Find(visit.Portal.Merchant, known => known.Folio == visit.Field(visit.Portal.FolioField));
        // A picture or a decoy is no step on the way: a fault "once" is meant for the pages.
        if (step is null or "decoy") return true;
        Fault? Strike(string kind) => step == "captcha" && !faults.InForce.Any(fault => fault.Kind == kind && fault.Step == step)
            ? null
            : faults.Strike(portal, kind, ticket, step);
        if (Strike("slow") is { } slow)
            await Task.Delay(TimeSpan.FromSeconds(Number(slow.Value, 5)), TimeProvider.System, visit.Context.RequestAborted);
        if (Strike("502") is not null) return await Say(visit, 502, "502 Bad Gateway", "nginx/1.18.0");
        if (Strike("blocked") is not null)
            return await Say(visit, 403, "Acceso denegado", "Su petición fue bloqueada por el sistema de seguridad. ID de incidente: 7730-1190");
        if (Strike("rate_limit") is { } limit)
        {
            visit.Context.Response.Headers.RetryAfter = Number(limit.Value, 60).ToString(CultureInfo.InvariantCulture);
            return await Say(visit, 429, "Demasiadas solicitudes", "Ha realizado demasiadas consultas. Espere un momento e intente de nuevo.");
        }

        if (Strike("maintenance") is not null)
            return await Say(visit, 200, "Sitio en mantenimiento", "Por el momento nuestro portal de facturación se encuentra en mantenimiento. Intente más tarde.");
        return Strike("session_expired") is null || await SendBack(visit);
    }

    private async Task<bool> SendBack(Visit visit)
    {
        sessions.Close(visit.Session);
        var fresh = sessions.Open(null, visit.Portal.SessionLife);
        fresh.Notice = "Su sesión ha expirado. Capture nuevamente sus datos.";
        visit.Context.Response.Cookies.Append(visit.Portal.SessionCookie, fresh.Id, new CookieOptions { HttpOnly = true });
        if (visit.Context.Request.Headers.ContainsKey("X-Requested-With"))
            await visit.Context.Response.WriteAsJsonAsync(new { ok = false, mensaje = fresh.Notice, ir = visit.Portal.FirstPage });
        else
            visit.Context.Response.Redirect(visit.Portal.FirstPage);
        return false;
    }

    private static async Task<bool> Say(Visit visit, int status, string title, string text)
    {
        visit.Context.Response.StatusCode = status;
        visit.Context.Response.ContentType = "text/html; charset=utf-8";
        await visit.Context.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"es\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><center><h1>{title}</h1><hr><p>{text}</p></center></body></html>");
        return false;
    }

    private static double Number(string? value, double otherwise) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, 120) : otherwise;
}
