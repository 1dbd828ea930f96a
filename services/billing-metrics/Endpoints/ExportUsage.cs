using Invoicing.Billing.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Billing.Endpoints;

/// <summary>GET /internal/tenants/{company_id}/export: the company's ledger.</summary>
public static class ExportUsage
{
    public static IResult Handle(string companyId, BillingDb db, CancellationToken ct) => TenantArchive.Answer(archive =>
        archive.RowsAsync("usage", db.Usage.AsNoTracking().Where(e => e.CompanyId == companyId).OrderBy(e => e.Id).AsAsyncEnumerable(), ct));
}
