using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/merchants: shared when a platform admin (or nobody's caller in a local run) names no tenant, else the tenant's own.</summary>
public static class AddMerchant
{
    public sealed record Request
    {
        [Required(ErrorMessage = "nombre es requerido.")]
        [StringLength(200, ErrorMessage = "nombre admite hasta 200 caracteres.")]
        [RegularExpression(@"[^\p{Cc}]+", ErrorMessage = "nombre no admite caracteres de control.")]
        public string? Nombre { get; init; }

        [Required(ErrorMessage = "metodo_facturacion es requerido.")]
        [AllowedValues("portal", "email", "api", ErrorMessage = "metodo_facturacion debe ser portal, email o api.")]
        public string? MetodoFacturacion { get; init; }

        public JsonElement? Metadata { get; init; }
        public string? CompanyId { get; init; }
    }

    /// <param name="Metadata">As it was sent.</param>
    public sealed record Response(
        long Id, string Nombre, InvoicingMethod MetodoFacturacion, JsonElement? Metadata, bool IsActive, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

    public static async Task<Response> Handle(Body<Request> body, string? company_id, Caller caller, TicketsDb db, Egress egress, TimeProvider time, CancellationToken ct)
    {
        var asked = body.Value;
        var named = asked.CompanyId ?? company_id;
        var owner = string.IsNullOrEmpty(named) && (caller.Anonymous || caller.Role == Role.platform_admin) ? null : caller.TenantFor(named);
        var now = time.GetUtcNow();
        var merchant = Merchant.New(owner, asked.Nombre!.Trim(), Enum.Parse<InvoicingMethod>(asked.MetodoFacturacion!), Judged(asked.Metadata, egress), now);
        db.Add(merchant);
        await db.SaveChangesAsync(ct);
        return Of(merchant);
    }

    internal static Response Of(Merchant m) => new(
        m.Id, m.Nombre, m.MetodoFacturacion, m.Metadata is null ? null : JsonSerializer.Deserialize<JsonElement>(m.Metadata), m.IsActive, m.CreatedAt, m.UpdatedAt);

    /// <exception cref="ProblemException">422: no object, too long, or an address in it leads where the system may not go.</exception>
    internal static string? Judged(JsonElement? metadata, Egress egress)
    {
        if (metadata is not { ValueKind: not JsonValueKind.Null } given)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object || given.GetRawText().Length > 64 * 1024)
        {
            throw new ProblemException(Problem.Invalid("/metadata", "invalid_value", "metadata debe ser un objeto JSON de hasta 64 KB."));
        }

        foreach (var url in MerchantMetadata.Read(given).PortalUrls)
        {
            Allowed.Portal(url, "/metadata/portal_url", egress);
        }

        return given.GetRawText();
    }
}
