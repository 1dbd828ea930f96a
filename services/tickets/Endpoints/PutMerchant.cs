using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.Tickets.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>
/// PUT /invoicing/v2/merchants/{id}: changes the fields given, under If-Match. Shared ones are the platform's to change, private ones their tenant's
/// admins': portals of the catalogue are where passwords are typed.
/// </summary>
public static class PutMerchant
{
    public sealed record Request
    {
        [StringLength(200, MinimumLength = 1, ErrorMessage = "nombre admite de 1 a 200 caracteres.")]
        [RegularExpression(@"[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*", ErrorMessage = "nombre no admite caracteres de control ni solo espacios.")]
        public string? Nombre { get; init; }

        [AllowedValues("portal", "email", "api", null, ErrorMessage = "metodo_facturacion debe ser portal, email o api.")]
        public string? MetodoFacturacion { get; init; }

        /// <summary>Replaces all of it.</summary>
        public JsonElement? Metadata { get; init; }

        /// <summary>False: no ticket is taken for one of it any more.</summary>
        public bool? IsActive { get; init; }

        public string? CompanyId { get; init; }
    }

    public static async Task<Results<Ok<AddMerchant.Response>, Problem>> Handle(
        long id, string? company_id, Body<Request> body, Caller caller, HttpContext http, TicketsDb db, Egress egress, TimeProvider time, CancellationToken ct)
    {
        var (asked, now) = (body.Value, time.GetUtcNow());
        var scope = caller.ScopeFor(asked.CompanyId ?? company_id);
        var merchant = await db.Merchants.FirstOrDefaultAsync(m => m.Id == id && (scope == null || m.CompanyId == null || m.CompanyId == scope), ct);
        if (merchant is null)
        {
            return ListMerchants.Unknown(id);
        }

        if (merchant.CompanyId is null && !caller.Anonymous && caller.Role != Role.platform_admin)
        {
            return new Problem(403, "permission_denied", $"Permission denied: {Permission.admin_system} required");
        }

        if (Preconditions.Refuse(http.Request, merchant.ETag) is { } refused)
        {
            return refused;
        }

        var before = Written(merchant);
        merchant.Change(asked.Nombre?.Trim(), asked.MetodoFacturacion is { } method ? Enum.Parse<InvoicingMethod>(method) : null, AddMerchant.Judged(asked.Metadata, egress), asked.IsActive, now);
        db.Publish(new MerchantChanged(id, merchant.CompanyId, caller.Subject, caller.Role.ToString(), before, Written(merchant), now), now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Preconditions.Stale;
        }

        http.Response.Headers.ETag = merchant.ETag;
        return TypedResults.Ok(AddMerchant.Of(merchant));
    }

    private static string Written(Merchant merchant) => JsonSerializer.Serialize(AddMerchant.Of(merchant), Json.Options);
}
