using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /internal/tenants/{company_id}/export: the company's jobs, steps and questions, and the pictures taken on portals.</summary>
public static class ExportJobs
{
    public static IResult Handle(string companyId, JobsDb db, Artefacts artefacts, CancellationToken ct) => TenantArchive.Answer(async archive =>
    {
        await archive.RowsAsync("jobs", db.Jobs.AsNoTracking().Where(j => j.CompanyId == companyId).OrderBy(j => j.Id).AsAsyncEnumerable().Select(JobView.Of), ct);
        var steps = db.Steps.AsNoTracking().Where(s => s.CompanyId == companyId).OrderBy(s => s.JobId).ThenBy(s => s.StepNumber);
        await archive.RowsAsync("steps", steps.AsAsyncEnumerable().Select(s => new { s.JobId, s.Attempt, step = StepView.Of(s) }), ct);
        var asked = db.Interventions.AsNoTracking().Where(i => i.CompanyId == companyId).OrderBy(i => i.JobId).ThenBy(i => i.CreatedAt);
        await archive.RowsAsync("interventions", asked.AsAsyncEnumerable().Select(i => new { i.JobId, i.Kind, i.Prompt, i.Field, status = i.Status.ToString(), i.CreatedAt }), ct);
        var shots = await db.Screenshots.AsNoTracking().Where(s => s.CompanyId == companyId).OrderBy(s => s.Id).Select(s => new { s.Id, s.JobId, s.FilePath, s.ContentType }).ToListAsync(ct);
        foreach (var shot in shots)
        {
            if (artefacts.Open(shot.FilePath) is { } file)
            {
                await using (file)
                {
                    await archive.FileAsync($"files/screenshots/{shot.JobId}_{ArtifactView.IdOf(shot.Id)}{(shot.ContentType == "image/png" ? ".png" : ".jpg")}", file, ct);
                }
            }
        }
    });
}
