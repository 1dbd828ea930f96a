namespace Invoicing.Tickets;

/// <summary>Why a file is not the ticket's CFDI.</summary>
/// <param name="Code">Code of the first check that failed, or uuid_duplicado, ya_tiene_cfdi, sello_no_verificado, timbre_no_verificado.</param>
public sealed record Refusal(string Code, string Reason);
