namespace Invoicing.Tickets;

/// <summary>What v1 clients find under llm_analysis. No model is asked for it: the engine says so.</summary>
public sealed record Analysis(string? MerchantName, string? Category, double Confidence, IReadOnlyList<SeenUrl> FacturacionUrls, string Engine)
{
    public static Analysis Of(Ticket ticket, string engine) => new(
        ticket.MerchantName, ticket.Category, ticket.Confidence ?? 0,
        [.. ticket.ReadUrls.Where(u => u.IsPortal).Select(u => new SeenUrl(u.Url, u.Confidence, u.Method))], engine);
}

/// <summary>An address on the ticket that leads to its invoice.</summary>
public sealed record SeenUrl(string Url, double Confidence, string Method);
