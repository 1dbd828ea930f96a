using System.ComponentModel.DataAnnotations;
using System.Net;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/interventions/{id}/live and POST …/live/input: the page that waits for a person, to look at and to take over.</summary>
public static class LivePage
{
    public sealed record InputRequest
    {
        [Required(ErrorMessage = "kind es obligatorio."), AllowedValues("click", "text", "key", "scroll", ErrorMessage = "kind debe ser click, text, key o scroll.")]
        public string? Kind { get; init; }

        /// <summary>Pixels of the picture.</summary>
        [Range(0, 4000, ErrorMessage = "x debe estar entre 0 y 4000.")]
        public int? X { get; init; }

        [Range(0, 4000, ErrorMessage = "y debe estar entre 0 y 4000.")]
        public int? Y { get; init; }

        [StringLength(500, MinimumLength = 1, ErrorMessage = "text debe tener de 1 a 500 caracteres."), RegularExpression(@"\P{Cc}+", ErrorMessage = "text no admite caracteres de control; las teclas se envían con kind key.")]
        public string? Text { get; init; }

        [AllowedValues("Enter", "Tab", "Shift+Tab", "Escape", "Backspace", "Delete", "Space", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Control+A", null, ErrorMessage = "key no es una tecla admitida.")]
        public string? Key { get; init; }

        /// <summary>Pixels down, up when negative.</summary>
        [Range(-4000, 4000, ErrorMessage = "delta_y debe estar entre -4000 y 4000.")]
        public int? DeltaY { get; init; }
        public string? CompanyId { get; init; }
    }

    /// <param name="Page">Address of the page afterwards, without its query.</param>
    public sealed record Done(bool Performed, string? Page);

    public static async Task<IResult> Picture(string id, Caller caller, HttpContext http, string? company_id, JobsDb db, LiveWorkers workers, TimeProvider time, CancellationToken ct)
    {
        var found = await FindAsync(db, id, caller.ScopeFor(company_id), time.GetUtcNow(), ct);
        if (found is not ({ } asked, { } worker, _))
        {
            return found.Problem!;
        }

        var known = System.Net.Http.Headers.EntityTagHeaderValue.TryParse(http.Request.Headers.IfNoneMatch, out var tag) ? tag : null;
        var picture = await workers.PictureAsync(worker, id, asked.CompanyId, known, ct);
        if (picture.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return picture.Status == HttpStatusCode.NotFound ? Over() : new Problem(503, "page_not_drawn", "La página no se pudo dibujar en este momento.");
        }

        http.Response.Headers.ETag = picture.ETag;
        http.Response.Headers[LivePicture.PageHeader] = picture.Page;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return picture.Status == HttpStatusCode.NotModified ? Results.StatusCode(304) : Results.Bytes(picture.Jpeg, "image/jpeg");
    }

    public static async Task<Results<Ok<Done>, Problem>> Input(
        string id, Body<InputRequest> body, Caller caller, string? company_id, JobsDb db, LiveWorkers workers, TimeProvider time, CancellationToken ct)
    {
        if (Missing(body.Value) is { } missing)
        {
            return missing;
        }

        var found = await FindAsync(db, id, caller.ScopeFor(body.Value.CompanyId ?? company_id), time.GetUtcNow(), ct);
        if (found is not ({ } asked, { } worker, _))
        {
            return found.Problem!;
        }

        var input = body.Value;
        var done = await workers.InputAsync(worker, id, asked.CompanyId, new { input.Kind, input.X, input.Y, input.Text, input.Key, input.DeltaY, By = caller.Subject }, ct);
        return done switch
        {
            null or { Code: "live_over" } => Over(),
            { Code: { } code } => Problem.Conflict(code, done.Detail ?? "No se hizo."),
            _ => TypedResults.Ok(new Done(true, done.Page)),
        };
    }

    private static Problem? Missing(InputRequest input) => input switch
    {
        { Kind: "click", X: null } => Problem.Invalid("/x", "required", "Falta x."),
        { Kind: "click", Y: null } => Problem.Invalid("/y", "required", "Falta y."),
        { Kind: "text", Text: null } => Problem.Invalid("/text", "required", "Falta text."),
        { Kind: "key", Key: null } => Problem.Invalid("/key", "required", "Falta key."),
        { Kind: "scroll", DeltaY: null } => Problem.Invalid("/delta_y", "required", "Falta delta_y."),
        _ => null,
    };

    private static async Task<(Intervention? Asked, string? Worker, Problem? Problem)> FindAsync(JobsDb db, string id, string? scope, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Interventions.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && (scope == null || i.CompanyId == scope), ct) is not { } asked)
        {
            return (null, null, Problem.NotFound($"Intervención {id} no encontrada"));
        }

        if (asked.Attempt is not { } attempt)
        {
            return (null, null, Problem.Conflict("no_live_page", "Ninguna página espera esta respuesta: al responder empieza un intento nuevo."));
        }

        var worker = await db.Jobs.AsNoTracking().Where(j => j.Id == asked.JobId && j.Attempt == attempt && j.Phase == Phase.waiting)
            .Join(db.WorkerAddresses, j => j.LeaseWorker, w => w.WorkerId, (_, w) => w.Address).SingleOrDefaultAsync(ct);
        return asked.Status != InterventionStatus.open || asked.IsExpired(now) || worker is null ? (null, null, Over()) : (asked, worker, null);
    }

    private static Problem Over() => new(410, "live_over", "La página ya no está abierta para una persona.");
}
