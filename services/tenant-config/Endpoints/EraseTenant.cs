using System.ComponentModel.DataAnnotations;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// POST /invoicing/v2/tenants/{company_id}/erasure: deletes for good every ticket, file, document, job, profile and credential the company has
/// now. Limits, flags, keys and the ledger stay. While one runs, asking again answers with it.
/// </summary>
public static class EraseTenant
{
    /// <param name="Confirm">The company's id once more: what is erased does not come back.</param>
    public sealed record Request([property: Required(ErrorMessage = "confirm es obligatorio: repita el company_id.")] string? Confirm);

    public static async Task<Results<Ok<GetErasure.Response>, Problem>> Handle(
        string companyId, Body<Request> body, Caller caller, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        if (body.Value.Confirm != companyId)
        {
            return Problem.Invalid("/confirm", "invalid_value", "confirm debe repetir el company_id de la ruta. Lo borrado no se recupera.");
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.JoinTransactionAsync(ct);
        await db.LockCompanyAsync(companyId, ct);
        var running = await db.Erasures.AsNoTracking().SingleOrDefaultAsync(e => e.CompanyId == companyId && (e.TicketsDoneAt == null || e.JobsDoneAt == null), ct);
        var erasure = running ?? await BeginAsync(companyId, caller, db, now, ct);
        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        return TypedResults.Ok(GetErasure.Response.Of(erasure));
    }

    private static async Task<Erasure> BeginAsync(string companyId, Caller caller, TenantsDb db, DateTimeOffset now, CancellationToken ct)
    {
        await db.FiscalProfiles.Where(p => p.CompanyId == companyId).ExecuteDeleteAsync(ct);
        await db.PortalCredentials.Where(c => c.CompanyId == companyId).ExecuteDeleteAsync(ct);
        await db.ServiceSecrets.Where(s => s.CompanyId == companyId).ExecuteDeleteAsync(ct);
        (await db.Tenants.SingleOrDefaultAsync(t => t.CompanyId == companyId, ct))?.Forget(now);
        await db.Audit.Where(a => a.CompanyId == companyId && a.Salt != null).ExecuteUpdateAsync(
            s => s.SetProperty(a => a.Before, (string?)null).SetProperty(a => a.After, (string?)null).SetProperty(a => a.Salt, (byte[]?)null), ct);
        var erasure = db.Add(new Erasure { Id = Guid.CreateVersion7(now), CompanyId = companyId, RequestedBy = caller.Subject, RequestedAt = now }).Entity;
        db.Publish(new ForgetData(erasure.Id.ToString(), companyId, now, OpenToo: true, now), now);
        db.Publish(new TenantChanged(companyId, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, Erasure.Requested, erasure.Id.ToString(), null, null), now, ct);
        return erasure;
    }
}
