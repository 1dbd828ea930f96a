namespace Invoicing.Portals.Engine.Sat;

/// <summary>A row of the simulated RFC registry.</summary>
public sealed record Taxpayer(string Rfc, string Nombre, string PostalCode, IReadOnlyList<string> Regimenes)
{
    /// <summary>An RFC of 12 characters is a company's, one of 13 a person's.</summary>
    public bool IsMoral => Rfc.Length == 12;

    public Receptor AsReceptor()
    {
        var uso = SatCatalogs.Allows("G03", Regimenes[0], IsMoral) ? "G03" : "S01";
        return new(Rfc, Nombre, PostalCode, Regimenes[0], uso, "");
    }
}

/// <summary>Whom a CFDI is for, exactly as it was typed.</summary>
public sealed record Receptor(string Rfc, string Nombre, string PostalCode, string Regimen, string Uso, string Correo);
