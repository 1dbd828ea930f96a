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

    public string Nombre { get; private set; } = "";
    public InvoicingMethod MetodoFacturacion { get; private set; }

    /// <summary>JSON object as the client sent it, null when none was sent.</summary>
    public string? Metadata { get; private set; }

    /// <summary>False: no ticket is taken for one of it any more.</summary>
    public bool IsActive { get; private set; } = true;
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version in the database, whoever wrote it; the ETag.</summary>
    public uint Version { get; private set; }

    public string ETag => $"\"{Version}\"";

    public static Merchant New(string? companyId, string nombre, InvoicingMethod metodo, string? metadata, DateTimeOffset now) =>
        new() { CompanyId = companyId, Nombre = nombre, MetodoFacturacion = metodo, Metadata = metadata, CreatedAt = now, UpdatedAt = now };

    /// <summary>Takes over what is given and leaves what is null.</summary>
    public void Change(string? nombre, InvoicingMethod? metodo, string? metadata, bool? isActive, DateTimeOffset now)
    {
        Nombre = nombre ?? Nombre;
        MetodoFacturacion = metodo ?? MetodoFacturacion;
        Metadata = metadata ?? Metadata;
        IsActive = isActive ?? IsActive;
        UpdatedAt = now;
    }

    public MerchantMetadata Known() => MerchantMetadata.Read(Metadata is null ? default : JsonSerializer.Deserialize<JsonElement>(Metadata));
}
