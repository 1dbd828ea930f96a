using System.Text.Json.Serialization;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets;

/// <summary>What v1 clients find under llm_analysis; the engine says who read.</summary>
public sealed record Analysis(string? MerchantName, string? Category, double Confidence, IReadOnlyList<SeenUrl> FacturacionUrls, string Engine)
{
    /// <summary>Engines outside that were asked where our own was in doubt.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SecondOpinion>? SecondOpinions { get; init; }

    public static Analysis Of(Ticket ticket, TicketReading reading) => new(
        ticket.MerchantName, ticket.Category, ticket.Confidence ?? 0,
        [.. ticket.ReadUrls.Where(u => u.IsPortal).Select(u => new SeenUrl(u.Url, u.Confidence, u.Method))], reading.Engine)
    {
        SecondOpinions = reading.Opinions.Count > 0 ? reading.Opinions : null,
    };
}

/// <summary>An address on the ticket that leads to its invoice.</summary>
public sealed record SeenUrl(string Url, double Confidence, string Method);
