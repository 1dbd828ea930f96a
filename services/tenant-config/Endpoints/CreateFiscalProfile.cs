using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// POST /invoicing/v2/tenants/{company_id}/fiscal-profiles: a receptor that SAT would accept, or 422 saying which field and why. The first one
/// is the company's default. The local run's anonymous operator may do this too.
/// </summary>
public static class CreateFiscalProfile
{
    public sealed record Request(
        string? CompanyId, string? Rfc, string? Nombre, string? CodigoPostal, string? RegimenFiscal, string? UsoCfdi, string? Correo, bool? IsDefault)
    {
        public FiscalData ToData() => new(Rfc, Nombre, CodigoPostal, RegimenFiscal, UsoCfdi, Correo);
    }

    public static async Task<Results<Ok<GetFiscalProfile.Response>, Problem>> Handle(
        string companyId, Body<Request> body, Caller caller, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId);
        if (!caller.Anonymous)
        {
            caller.Demand(Permission.manage_tenant);
        }

        if (CompanyIds.Refuse(companyId, body.Value.CompanyId) is { } misnamed)
        {
            return misnamed;
        }

        var now = time.GetUtcNow();
        var profile = new FiscalProfile { CompanyId = companyId, CreatedAt = now };
        profile.Fill(body.Value.ToData(), now);
        if (FiscalProfileProblems.Refuse(profile) is { } refused)
        {
            return refused;
        }

        await using var transaction = await db.JoinTransactionAsync(ct);
        await db.LockCompanyAsync(companyId, ct);
        var first = !await db.FiscalProfiles.AnyAsync(p => p.CompanyId == companyId, ct);
        if (first || body.Value.IsDefault == true)
        {
            await db.FiscalProfiles.Where(p => p.CompanyId == companyId && p.IsDefault).ExecuteUpdateAsync(s => s.SetProperty(p => p.IsDefault, false), ct);
            profile.MakeDefault();
        }

        db.Add(profile);
        await db.SaveAuditedAsync(caller, () => new(companyId, "fiscal_profile.created", $"{profile.Id}", null, GetFiscalProfile.Response.Of(profile)), now, ct);
        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        return TypedResults.Ok(GetFiscalProfile.Response.Of(profile));
    }
}

public static class FiscalProfileProblems
{
    /// <summary>Null when SAT would accept the profile.</summary>
    public static Problem? Refuse(FiscalProfile profile)
    {
        var errors = profile.Problems().Where(p => p.IsError).Select(p => new FieldProblem("/" + p.Field, p.Code, p.Detail)).ToArray();
        return errors.Length == 0 ? null : Problem.Invalid(errors);
    }
}
