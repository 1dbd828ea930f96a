using System.Globalization;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/jobs/{id}/artifacts and …/{artifact_id}: CFDI files for who may read tickets, pictures and pages for who may see them.</summary>
public static class Artifacts
{
    public static async Task<Results<Ok<ArtifactView[]>, Problem>> List(long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, CancellationToken ct)
    {
        if (await lookup.JobAsync(id, caller.ScopeFor(company_id), ct) is null)
        {
            return Lookup.NoJob(id);
        }

        var files = await db.Files.AsNoTracking().Where(f => f.JobId == id).ToListAsync(ct);
        var shots = await db.Screenshots.AsNoTracking().Where(s => s.JobId == id).ToListAsync(ct);
        return TypedResults.Ok(files.Select(ArtifactView.Of).Concat(shots.Select(ArtifactView.Of)).Where(a => caller.May(Needs(a.Kind)))
            .OrderBy(a => a.CreatedAt).ToArray());
    }

    public static async Task<IResult> Get(
        long id, string artifact_id, Caller caller, HttpContext http, string? company_id, JobsDb db, Lookup lookup, Artefacts store, CancellationToken ct)
    {
        if (await lookup.JobAsync(id, caller.ScopeFor(company_id), ct) is null || await FindAsync(db, id, artifact_id, ct) is not ({ } view, { } key))
        {
            return Problem.NotFound($"Artefacto {artifact_id} no encontrado");
        }

        caller.Demand(Needs(view.Kind));
        if (store.Open(key) is not { } bytes)
        {
            return new Problem(410, "artifact_gone", "El archivo ya no está guardado.");
        }

        var inline = view.Kind == "screenshot" && view.ContentType is "image/png" or "image/jpeg";
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(SafeName(view));
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Stream(bytes, TypeOf(view), null, null, new EntityTagHeaderValue($"\"{view.Sha256}\""), enableRangeProcessing: true);
    }

    private static Permission Needs(string kind) => kind is "screenshot" or "page" or "trace" ? Permission.read_screenshots : Permission.read_tickets;

    /// <summary>A portal's page must never run under our name.</summary>
    private static string TypeOf(ArtifactView view) => view.Kind switch
    {
        "screenshot" when view.ContentType is "image/png" or "image/jpeg" => view.ContentType,
        "cfdi_xml" => "application/xml",
        "cfdi_pdf" => "application/pdf",
        "email" => "message/rfc822",
        "trace" => "application/zip",
        _ => "application/octet-stream",
    };

    private static string SafeName(ArtifactView view)
    {
        var name = new string([.. Path.GetFileName(view.FileName).Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ').Take(120)]).Trim(' ', '.');
        return name.Length > 0 ? name : view.Id;
    }

    private static async Task<(ArtifactView?, string?)> FindAsync(JobsDb db, long job, string id, CancellationToken ct)
    {
        if (id.Length < 2 || !long.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (null, null);
        }

        return id[0] switch
        {
            'f' when await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.JobId == job && f.Id == number, ct) is { } f => (ArtifactView.Of(f), f.Key),
            's' when await db.Screenshots.AsNoTracking().SingleOrDefaultAsync(s => s.JobId == job && s.Id == number, ct) is { } s => (ArtifactView.Of(s), s.FilePath),
            _ => (null, null),
        };
    }
}
