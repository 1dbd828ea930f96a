using Invoicing.Fiscal;

namespace Invoicing.Tenants;

/// <summary>The receptor's data that are typed on portals. A company's first one is its default; there is never more than one default.</summary>
public sealed class FiscalProfile
{
    public long Id { get; private set; }
    public required string CompanyId { get; init; }
    public string Rfc { get; private set; } = "";
    public string Nombre { get; private set; } = "";
    public string CodigoPostal { get; private set; } = "";
    public string RegimenFiscal { get; private set; } = "";
    public string UsoCfdi { get; private set; } = "";

    /// <summary>Empty when the company gave none.</summary>
    public string Correo { get; private set; } = "";

    public bool IsDefault { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>What SAT would refuse (<see cref="FiscalProfileProblem.IsError"/>) or a person should look at.</summary>
    public IReadOnlyList<FiscalProfileProblem> Problems() => FiscalProfileRules.Check(Rfc, Nombre, CodigoPostal, RegimenFiscal, UsoCfdi, Correo);

    /// <summary>Takes over what is given, in the form SAT keeps it: trimmed, RFC, name and keys in upper case.</summary>
    public void Fill(FiscalData data, DateTimeOffset now)
    {
        Rfc = data.Rfc is null ? Rfc : Fiscal.Rfc.Normalise(data.Rfc);
        Nombre = data.Nombre is null ? Nombre : string.Join(' ', data.Nombre.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        CodigoPostal = data.CodigoPostal?.Trim() ?? CodigoPostal;
        RegimenFiscal = data.RegimenFiscal?.Trim() ?? RegimenFiscal;
        UsoCfdi = data.UsoCfdi?.Trim().ToUpperInvariant() ?? UsoCfdi;
        Correo = data.Correo?.Trim() ?? Correo;
        UpdatedAt = now;
    }

    public void MakeDefault() => IsDefault = true;
}

/// <summary>What a caller gives of a profile; null leaves it as it is.</summary>
public sealed record FiscalData(string? Rfc, string? Nombre, string? CodigoPostal, string? RegimenFiscal, string? UsoCfdi, string? Correo);
