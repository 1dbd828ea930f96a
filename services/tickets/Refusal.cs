namespace Invoicing.Tickets;

/// <summary>Why a file is not the ticket's CFDI, or why a mail's link gave no file.</summary>
/// <param name="Code">Stable machine word: of the first check that failed, or for example uuid_duplicado, ya_tiene_cfdi, enlace_vencido.</param>
public sealed record Refusal(string Code, string Reason);
