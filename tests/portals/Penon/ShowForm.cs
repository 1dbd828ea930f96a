using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Penon;

/// <summary>GET Default.aspx: the sale's panel; the others are drawn when there is something to show.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("inicio", ("mensaje", visit.Session.TakeNotice()), ("regimenes", Lists.Regimenes), ("usos", Lists.Usos));
    }
}
