using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// GET /invoicing/v2/tenants/{company_id}/export: a ZIP of everything that is kept of the company, rows as NDJSON, files as they were stored;
/// secrets are left out. <c>complete.json</c> is its last entry: a ZIP without it was cut short.
/// </summary>
public static class ExportTenant
{
    public static IResult Handle(string companyId, Caller caller, HttpContext http, TenantsDb db, Neighbours neighbours, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        http.Response.Headers.CacheControl = "no-store";
        // Where the archive ends an entry with a synchronous write of a few bytes, the answer must not break.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Results.Stream(stream => WriteAsync(stream, companyId, caller, db, neighbours, time.GetUtcNow(), ct), "application/zip", $"export_{time.GetUtcNow():yyyyMMdd'T'HHmmss}.zip");
    }

    private static async Task WriteAsync(
        Stream stream, string companyId, Caller caller, TenantsDb db, Neighbours neighbours, DateTimeOffset now, CancellationToken ct)
    {
        await db.SaveAuditedAsync(caller, () => new(companyId, "tenant.exported", companyId, null, null), now, ct);
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        await WriteAsync(zip, "settings.json", await SettingsAsync(companyId, db, ct), ct);
        var entries = 1;
        await foreach (var part in neighbours.ExportsAsync(companyId, ct))
        {
            await using var tar = new TarReader(part);
            while (await tar.GetNextEntryAsync(copyData: false, ct) is { } entry)
            {
                await using var to = await zip.CreateEntry(entry.Name, CompressionLevel.Fastest).OpenAsync(ct);
                await (entry.DataStream?.CopyToAsync(to, ct) ?? Task.CompletedTask);
                entries++;
            }
        }

        await WriteAsync(zip, "complete.json", new { company_id = companyId, exported_at = now, entries }, ct);
    }

    private static async Task<object> SettingsAsync(string companyId, TenantsDb db, CancellationToken ct) => new
    {
        tenant = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.CompanyId == companyId, ct) is { } tenant ? GetTenant.Response.Of(tenant) : null,
        features = (await db.EvaluateAsync(companyId, null, ct)).Select(f => GetFeature.Response.Of(companyId, f)),
        fiscal_profiles = (await db.FiscalProfiles.AsNoTracking().Where(p => p.CompanyId == companyId).OrderBy(p => p.Id).ToListAsync(ct)).Select(GetFiscalProfile.Response.Of),
        credentials = await db.PortalCredentials.AsNoTracking().Where(c => c.CompanyId == companyId).Select(c => new { c.MerchantId, c.CreatedAt, c.UpdatedAt }).ToListAsync(ct),
        api_keys = await db.ApiKeys.AsNoTracking().Where(k => k.CompanyId == companyId).Select(k => new { k.Id, k.Name, k.Role, k.Prefix, k.CreatedAt, k.LastUsedAt, k.RevokedAt }).ToListAsync(ct),
    };

    private static async Task WriteAsync(ZipArchive zip, string name, object value, CancellationToken ct)
    {
        await using var to = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(to, value, Json.Options, ct);
    }
}
