using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>POST continuar.do: opens the second block, only for a session with a valid ticket.</summary>
public static class OpenReceptor
{
    public static IResult Handle(Visit visit)
    {
        if (visit.Session.Ticket is null) return new Reply(false, "Primero debe validar su ticket").Json(visit);
        visit.Session.Values["etapa"] = "2";
        return new Reply(true, "Capture sus datos fiscales").Json(visit);
    }
}
