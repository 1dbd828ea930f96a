namespace Invoicing.Portals.Engine.Sat;

/// <summary>A customer as a portal saved it years ago: the name with the kind of company that CFDI 4.0 leaves out, another address.</summary>
public sealed record StaleCustomer(string Nombre, string Cp, string Correo)
{
    public static StaleCustomer Of(Taxpayer taxpayer) => new(
        taxpayer.IsMoral ? $"{taxpayer.Nombre} SA DE CV" : $"{taxpayer.Nombre} Y/O",
        taxpayer.PostalCode == "06000" ? "06010" : "06000",
        "facturas.anteriores@correo.test");
}
