using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Lucero;

/// <summary>«Guardar»: the customer's data, kept for the invoice.</summary>
internal static class CustomerStep
{
    public static IResult Handle(Visit visit)
    {
        if (visit.Session.Ticket is null) return Wizard.Show(visit, "ticket", "Capture primero su ticket");
        if (Typed.Missing(visit, ("txtNombre", "el nombre"), ("txtCP", "el C.P."), ("ddlRegimen", "el régimen fiscal"), ("txtEmail", "el email"), ("txtEmail2", "la confirmación del email")) is { } label)
            return Show(visit, $"Falta {label}");
        if (visit.Field("txtEmail") != visit.Field("txtEmail2")) return Show(visit, "Los emails capturados no son iguales");
        foreach (var field in (string[])["txtNombre", "txtCP", "ddlRegimen", "txtEmail"]) visit.Session.Values[field] = visit.Field(field);
        return InvoiceStep.Show(visit, "Sus datos fueron guardados");
    }

    internal static IResult Show(Visit visit, string alert, StaleCustomer? saved = null)
    {
        var regimenes = Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key}-{entry.Value}")), visit.Field("ddlRegimen"), "Elija uno");
        return saved is null
            ? Wizard.Show(visit, "cliente", alert, ("regimenes", regimenes))
            : Wizard.Show(visit, "cliente", alert, ("regimenes", regimenes), ("txtNombre", saved.Nombre), ("txtCP", saved.Cp), ("txtEmail", saved.Correo));
    }
}
