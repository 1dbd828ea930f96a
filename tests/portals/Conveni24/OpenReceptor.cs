using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>«Continuar»: replaces the second block by one that can be filled in.</summary>
internal static class OpenReceptor
{
    public static IResult Handle(Visit visit)
    {
        if (visit.Session.Ticket is null) return new PartialResponse().Growl("Primero debe validar su ticket").Result();
        visit.Session.Values["etapa"] = "2";
        return new PartialResponse().Update("form:panelReceptor", ReceptorPanel.Opened(visit)).Result();
    }
}
