using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pac;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Control;

/// <summary>The control port: set the stage under /_control, read what really happened under /_truth. Nothing under test may reach it.</summary>
public static class ControlRoutes
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => Results.Ok(new { status = "healthy" }));

        routes.MapGet("/_control/clock", SetClock.Read);
        routes.MapPost("/_control/clock", SetClock.Handle);
        routes.MapGet("/_control/faults", ArrangeFaults.List);
        routes.MapPost("/_control/faults", ArrangeFaults.Add);
        routes.MapDelete("/_control/faults", ArrangeFaults.Clear);
        routes.MapGet("/_control/tickets", SellTicket.List);
        routes.MapPost("/_control/tickets", SellTicket.Handle);
        routes.MapGet("/_control/tickets/{id}", SellTicket.Read);
        routes.MapGet("/_control/tickets/{id}/image", ShowTicketPhoto.Handle);
        routes.MapPost("/_control/tickets/{id}/invoice", InvoiceBefore.Handle);
        routes.MapGet("/_control/taxpayers", () => TaxpayerRegistry.All);
        routes.MapGet("/_control/pac-certificate", (CfdiPac pac) => Results.Text(pac.Certificate.ExportCertificatePem() + "\n", "application/x-pem-file"));
        routes.MapGet("/_control/mail/{file}", TellMail.Eml);
        routes.MapGet("/_control/accounts", OpenAccount.List);
        routes.MapPost("/_control/accounts", OpenAccount.Handle);
        routes.MapPost("/_control/sat", AskSat.Arrange);
        routes.MapPost("/ConsultaCFDIService.svc", AskSat.Handle);
        routes.MapPost("/_control/reset", (World world) => { world.Reset(); return Results.NoContent(); });

        routes.MapGet("/_truth/emissions", TellEmissions.Handle);
        routes.MapGet("/_truth/emissions/{uuid:guid}/xml", TellEmissions.Xml);
        routes.MapGet("/_truth/requests", TellRequests.Handle);
        routes.MapGet("/_truth/captcha", TellCaptcha.Handle);
        routes.MapPost("/_truth/captcha", TellCaptcha.Look);
        routes.MapGet("/_truth/mail", TellMail.Handle);
    }
}
