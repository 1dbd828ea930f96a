namespace Invoicing.Fiscal;

/// <param name="Field">Wire name of the field: rfc, nombre, codigo_postal, regimen_fiscal, uso_cfdi or correo.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">For a person, in Spanish.</param>
/// <param name="IsError">SAT or a portal would refuse it; otherwise it is a warning and the profile may be kept.</param>
public sealed record FiscalProfileProblem(string Field, string Code, string Detail, bool IsError);
