using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>PUT /invoicing/v2/tenants/{company_id}/fiscal-profiles/{id}: changes the fields given; <c>is_default: true</c> makes it the default.</summary>
public static class PutFiscalProfile
{
    public static async Task<Results<Ok<GetFiscalProfile.Response>, Problem>> Handle(
        string companyId, long id, Body<CreateFiscalProfile.Request> body, Caller caller, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        if (CompanyIds.Refuse(companyId, body.Value.CompanyId) is { } misnamed)
        {
            return misnamed;
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockCompanyAsync(companyId, ct);
        var profile = await db.FiscalProfiles.SingleOrDefaultAsync(p => p.CompanyId == companyId && p.Id == id, ct);
        if (profile is null)
        {
            return Problem.NotFound($"Perfil fiscal {id} no encontrado");
        }

        var before = GetFiscalProfile.Response.Of(profile);
        profile.Fill(body.Value.ToData(), now);
        if (FiscalProfileProblems.Refuse(profile) is { } refused)
        {
            return refused;
        }

        if (profile.IsDefault && body.Value.IsDefault == false)
        {
            return Problem.Invalid("/is_default", "default_required", "Una empresa tiene siempre un perfil predeterminado: marque otro en su lugar.");
        }

        if (!profile.IsDefault && body.Value.IsDefault == true)
        {
            await db.FiscalProfiles.Where(p => p.CompanyId == companyId && p.IsDefault).ExecuteUpdateAsync(s => s.SetProperty(p => p.IsDefault, false), ct);
            profile.MakeDefault();
        }

        await db.SaveAuditedAsync(caller, () => new(companyId, "fiscal_profile.changed", $"{id}", before, GetFiscalProfile.Response.Of(profile)), now, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(GetFiscalProfile.Response.Of(profile));
    }
}
