using System.Globalization;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>GET inicio.do opens a view; POST changes pieces of it. Only the view last opened in the session is alive.</summary>
public static class View
{
    private const string StateField = "javax.faces.ViewState";

    public static IResult Open(Visit visit, SimulatedClock clock)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        var state = visit.Session.Values["vista"] = $"{Chance.Hex(16)}:{Chance.Hex(16)}";
        visit.NewLook();
        return visit.Page("inicio",
            ("vista", state),
            ("hoy", clock.GetUtcNow().ToMexico().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("ticket", TicketPanel(visit, visit.Session.TakeNotice())),
            ("receptor", ReceptorPanel.Closed(visit)));
    }

    public static IResult Partial(Visit visit, InvoiceDesk desk)
    {
        if (!visit.Session.Values.TryGetValue("vista", out var state) || visit.Field(StateField) != state)
        {
            visit.Session.Notice = "La vista ha expirado. Capture nuevamente sus datos.";
            return PartialResponse.Redirect(visit.Portal.FirstPage);
        }

        if (visit.Field("validar").Length > 0) return ValidateTicket.Handle(visit, desk);
        if (visit.Field("continuar").Length > 0) return OpenReceptor.Handle(visit);
        if (visit.Field("generarFactura").Length > 0) return GenerateInvoice.Handle(visit, desk);
        return visit.Field("javax.faces.behavior.event") == "blur" ? FindCustomer.Handle(visit) : new PartialResponse().Result();
    }

    internal static string TicketPanel(Visit visit, string message = "", string kind = "error", bool valid = false) => visit.Fragment("ticket",
        ("mensaje", message), ("clase", kind), ("continua", valid ? "" : "display:none"), ("reimpresion", kind == "facturado" ? "" : "display:none"));

    /// <summary>After the first error the help opens by itself once more.</summary>
    internal static PartialResponse WithHelp(Visit visit, PartialResponse response) =>
        visit.Session.Values.TryAdd("ayuda", "vista") || visit.Strike("modal_again") is not null ? response.Run("PF('dlgInfoTicket').show()") : response;
}
