using System.Text.Json;
using System.Text.Json.Serialization;

namespace Invoicing.Tickets;

[JsonConverter(typeof(JsonStringEnumConverter<InvoicingMethod>))]
public enum InvoicingMethod
{
    portal,
    email,
    api,
}

/// <summary>A merchant of the platform's catalogue, or one a tenant keeps for itself.</summary>
public sealed class Merchant
{
    public long Id { get; private set; }

    /// <summary>Null: shared, seen by every tenant.</summary>
    public required string? CompanyId { get; init; }

    public required string Nombre { get; init; }
    public required InvoicingMethod MetodoFacturacion { get; init; }

    /// <summary>JSON object as the client sent it, null when none was sent.</summary>
    public required string? Metadata { get; init; }

    public bool IsActive { get; private set; } = true;
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public MerchantMetadata Known() => MerchantMetadata.Read(Metadata is null ? default : JsonSerializer.Deserialize<JsonElement>(Metadata));
}
