using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /internal/tenants/{company_id}/fiscal-profile?id=: the company's profile of this id, without one its default.</summary>
public static class TellFiscalProfile
{
    public static async Task<Results<Ok<FiscalProfileFacts>, Problem>> Handle(string companyId, long? id, TenantsDb db, CancellationToken ct)
    {
        var facts = await db.FiscalProfiles.Where(p => p.CompanyId == companyId && (id == null ? p.IsDefault : p.Id == id))
            .Select(p => new FiscalProfileFacts(p.Id, p.CompanyId, p.Rfc, p.Nombre, p.CodigoPostal, p.RegimenFiscal, p.UsoCfdi, p.Correo))
            .SingleOrDefaultAsync(ct);
        return facts is null ? Problem.NotFound("La empresa no tiene ese perfil fiscal") : TypedResults.Ok(facts);
    }
}
