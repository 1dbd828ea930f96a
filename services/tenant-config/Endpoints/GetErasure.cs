using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/erasure: how far the company's last erasure is.</summary>
public static class GetErasure
{
    /// <param name="Status"><c>running</c> until every service has deleted its part; a job whose invoice is being emitted is waited for.</param>
    /// <param name="Tickets">Deleted so far, as are the others.</param>
    public sealed record Response(
        string Id, string CompanyId, string Status, DateTimeOffset RequestedAt, string RequestedBy, long Tickets, long Jobs, long Files,
        DateTimeOffset? CompletedAt)
    {
        public static Response Of(Erasure e) => new(
            e.Id.ToString(), e.CompanyId, CompletedOf(e) is null ? "running" : "completed", e.RequestedAt, e.RequestedBy, e.Tickets, e.Jobs, e.Files, CompletedOf(e));

        private static DateTimeOffset? CompletedOf(Erasure e) => e.TicketsDoneAt > e.JobsDoneAt ? e.TicketsDoneAt : e.TicketsDoneAt is null ? null : e.JobsDoneAt;
    }

    public static async Task<Results<Ok<Response>, Problem>> Handle(string companyId, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        return await db.Erasures.AsNoTracking().Where(e => e.CompanyId == companyId).OrderByDescending(e => e.RequestedAt).FirstOrDefaultAsync(ct) is { } last
            ? TypedResults.Ok(Response.Of(last))
            : Problem.NotFound($"No se ha pedido borrar los datos de {companyId}");
    }
}
