using System.Globalization;
using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaEscollera;

/// <summary>The component: bill, RFC, data on file or form, invoice; and the invoice once more.</summary>
public static class Bill
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.NewLook();
        return visit.Page("facturacion", ("componente", visit.Fragment("cuenta", ("mensaje", visit.Session.TakeNotice()))),
            ("restaurantes", JsonSerializer.Serialize(LaEscolleraPortal.Restaurants.Select(entry => new { v = entry.Key, t = $"{entry.Key} {entry.Value}" }))));
    }

    public static IResult Update(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        if (Pressed(visit, "empezar")) return Html(visit.Fragment("cuenta"));
        if (Pressed(visit, "verRecuperar")) return Html(visit.Fragment("recuperar"));
        if (Pressed(visit, "recuperar")) return Again(visit, desk, ledger);
        if (Pressed(visit, "buscarCuenta")) return Find(visit, desk);
        if (visit.Session.Ticket is not { } ticket) return Html(visit.Fragment("cuenta", ("mensaje", "Primero captura los datos de tu cuenta.")));
        if (Pressed(visit, "buscarCliente")) return Customer(visit, ledger);
        return Pressed(visit, "modificar") ? Html(Form(visit, "")) : Emit(visit, ticket, desk, mail);
    }

    private static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("restaurante", "Elige el restaurante que visitaste."), ("cuenta", "Escribe el número de tu cuenta."), ("consumo", "Indica la fecha de tu consumo."), ("total", "Escribe el total de tu cuenta.")) is { } wrong) return Html(visit.Fragment("cuenta", ("mensaje", wrong)));
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => Printed(visit, ticket) && ticket.Total == total && ticket.PurchasedAt.ToMexico().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == visit.Field("consumo"));
        if (lookup.Standing != Standing.Open) return Html(visit.Fragment("cuenta", ("mensaje", Answer(lookup))));
        visit.Session.Ticket = lookup.Ticket;
        return Html(visit.Fragment("cliente"));
    }

    private static IResult Customer(Visit visit, TicketLedger ledger)
    {
        var rfc = visit.Field("rfc").ToUpperInvariant();
        if (!Typed.LooksLikeRfc(rfc)) return Html(visit.Fragment("cliente", ("mensaje", "Ese RFC no tiene un formato válido.")));
        if (OnFile(visit, ledger, rfc) is not { } known) return Html(Form(visit, "", ("rfc", rfc)));
        foreach (var (name, value) in ((string, string)[])[("rfc", rfc), ("nombre", known.Nombre), ("cp", known.PostalCode), ("regimen", known.Regimen)]) visit.Session.Values[name] = value;
        return Html(Saved(visit, ""));
    }

    /// <summary>The receptor of its last invoice here; old data under <c>stale_receptor</c>.</summary>
    private static Receptor? OnFile(Visit visit, TicketLedger ledger, string rfc)
    {
        var last = ledger.Emissions().LastOrDefault(emission => emission.Ticket.Merchant == visit.Portal.Merchant && emission.Receptor.Rfc == rfc)?.Receptor;
        if (TaxpayerRegistry.Find(rfc) is not { } taxpayer || visit.Strike("stale_receptor") is null) return last;
        var stale = StaleCustomer.Of(taxpayer);
        return taxpayer.AsReceptor() with { Nombre = stale.Nombre, PostalCode = stale.Cp };
    }

    private static IResult Emit(Visit visit, Ticket ticket, InvoiceDesk desk, MailRoom mail)
    {
        var saved = Pressed(visit, "usarGuardados");
        IResult Say(string message) => Html(saved ? Saved(visit, message) : Form(visit, message));
        var receptor = saved ? new Receptor(Kept(visit, "rfc"), Kept(visit, "nombre"), Kept(visit, "cp"), Kept(visit, "regimen"), visit.Field("uso"), visit.Field("correo")) : visit.Receptor();
        if (receptor is not { Nombre.Length: > 0, PostalCode.Length: > 0, Regimen.Length: > 0, Uso.Length: > 0, Correo.Length: > 0 }) return Say("Todos los campos son necesarios para hacer tu factura.");
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return Say($"El SAT no aceptó tus datos: {refusal}");
        if (issued.Emission is not { } emission) return Html(visit.Fragment("cuenta", ("mensaje", Answer(new(Standing.Invoiced, ticket)))));
        mail.Send(emission, receptor.Correo, LaEscolleraPortal.Copy);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Done(visit, emission);
    }

    private static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), ticket => Printed(visit, ticket)) is { } emission) return Done(visit, emission);
        return Html(visit.Fragment("recuperar", ("mensaje", ledger.Find(visit.Portal.Merchant, ticket => Printed(visit, ticket)) is { Invoiced: true } ? "Esa cuenta la facturó otra persona con un RFC distinto." : "Todavía no hay una factura de esa cuenta.")));
    }

    private static bool Printed(Visit visit, Ticket ticket) => ticket.Folio == visit.Field("cuenta") && ticket.Fields["sucursal"] == visit.Field("restaurante");

    private static bool Pressed(Visit visit, string action) => visit.Field(action).Length > 0;

    private static string Kept(Visit visit, string name) => visit.Session.Values.GetValueOrDefault(name, "");

    private static string Saved(Visit visit, string message) => visit.Fragment("guardados", ("mensaje", message), ("rfc", Kept(visit, "rfc")), ("nombre", Kept(visit, "nombre")), ("cp", Kept(visit, "cp")),
        ("regimen", $"{Kept(visit, "regimen")} {SatCatalogs.Regimenes.GetValueOrDefault(Kept(visit, "regimen"), "")}"), ("usos", List(SatCatalogs.Usos, visit.Field("uso"))));

    private static string Form(Visit visit, string message, params (string Name, string Value)[] values) =>
        visit.Fragment("datos", [("mensaje", message), ("regimenes", List(SatCatalogs.Regimenes, visit.Field("regimen"))), ("usos", List(SatCatalogs.Usos, visit.Field("uso"))), .. values]);

    private static string List(IReadOnlyDictionary<string, string> catalogue, string chosen) => Options.Of(catalogue.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} {entry.Value}")), chosen, "Elige una opción");

    private static IResult Done(Visit visit, Emission emission) => Html(visit.Fragment("listo", ("id", visit.Session.Hold(emission).ToString()), ("uuid", emission.FileName), ("a", emission.Receptor.Nombre), ("importe", emission.Ticket.Fields["total"])));

    private static IResult Html(string html) => Results.Json(new { ok = true, html });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu cuenta acaba de cerrarse y todavía no nos llega. Vuelve a intentarlo después de las {lookup.When!.Value.Minute()}.",
        Standing.Expired => $"Pasaron más de 30 días desde tu consumo: esta cuenta se podía facturar hasta el {lookup.When!.Value.Day()}.",
        Standing.Invoiced => "Esa cuenta ya tiene factura. Si es tuya, bájala en «Recuperar mi factura».",
        _ => "No localizamos esa cuenta en el restaurante que elegiste. Revisa que todo sea igual a tu ticket.",
    };
}
