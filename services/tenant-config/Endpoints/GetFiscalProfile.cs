using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/fiscal-profiles/{id}.</summary>
public static class GetFiscalProfile
{
    /// <param name="Warnings">What is allowed but looks wrong; left out when there is nothing.</param>
    public sealed record Response(
        long Id, string Rfc, string Nombre, string CodigoPostal, string RegimenFiscal, string UsoCfdi, string Correo, bool IsDefault,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<FieldProblem>? Warnings)
    {
        public static Response Of(FiscalProfile p) => new(
            p.Id, p.Rfc, p.Nombre, p.CodigoPostal, p.RegimenFiscal, p.UsoCfdi, p.Correo, p.IsDefault, p.CreatedAt, p.UpdatedAt,
            p.Problems().Where(w => !w.IsError).Select(w => new FieldProblem("/" + w.Field, w.Code, w.Detail)).ToArray() is { Length: > 0 } warnings ? warnings : null);
    }

    public static async Task<Results<Ok<Response>, Problem>> Handle(string companyId, long id, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.read_automation);
        var profile = await db.FiscalProfiles.AsNoTracking().SingleOrDefaultAsync(p => p.CompanyId == companyId && p.Id == id, ct);
        return profile is null ? Problem.NotFound($"Perfil fiscal {id} no encontrado") : TypedResults.Ok(Response.Of(profile));
    }
}
