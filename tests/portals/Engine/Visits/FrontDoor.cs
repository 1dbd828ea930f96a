using Invoicing.Portals.Engine.Faults;

namespace Invoicing.Portals.Engine.Visits;

/// <summary>What every request to a portal passes: session cookie, faults, and the record that ground truth keeps.</summary>
public sealed class FrontDoor(Sessions sessions, FaultBoard faults, FaultGate gate, RequestLog log, SimulatedClock clock, Pace pace)
{
    public async Task Enter(HttpContext context, IPortal portal, RequestDelegate next)
    {
        var session = SessionOf(context, portal);
        var at = clock.GetUtcNow();
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        var visit = new Visit(context, portal, session, form, faults);
        var step = StepNames.Of(visit);
        context.Features.Set(visit);
        try
        {
            if (!await gate.LetThrough(visit, step)) return;
            await pace.Work(StepNames.DurationOf(visit), context.RequestAborted);
            await next(context);
        }
        finally
        {
            var status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
            log.Add(new(at, portal.Merchant.Portal, context.Request.Method, context.Request.Path, step, status, session.Id));
        }
    }

    private Session SessionOf(HttpContext context, IPortal portal)
    {
        var cookie = context.Request.Cookies[portal.SessionCookie];
        var session = sessions.Open(cookie, portal.SessionLife);
        if (session.Id != cookie) context.Response.Cookies.Append(portal.SessionCookie, session.Id, new CookieOptions { HttpOnly = true });
        return session;
    }
}
