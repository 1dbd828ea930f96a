using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET, PUT, DELETE /invoicing/v2/admin/portals/{host}: what is known of a portal and how it fared, for platform admins.</summary>
public static class PortalRecipes
{
    /// <param name="MeanSeconds">Of the attempts it brought home.</param>
    public sealed record RecipeView(
        int Version, string State, string Source, DateTimeOffset LearnedAt, DateTimeOffset? CurrentSince, DateTimeOffset? RetiredAt, int Uses, int Held, int Misled,
        double? MeanSeconds, double? MeanPageLoads, JsonNode? Recipe);

    /// <param name="Recipe">The current one, null when there is none.</param>
    /// <param name="Versions">All of them, newest first, without their content.</param>
    public sealed record View(
        string Host, long Attempts, string Breaker, int Failures, DateTimeOffset? LastSuccessAt, DateTimeOffset? LastFailureAt, RecipeView? Recipe, IReadOnlyList<RecipeView> Versions);

    public sealed record Request([property: Required(ErrorMessage = "Falta la receta.")] JsonObject? Recipe);

    public static async Task<Results<Ok<View>, Problem>> Get(string host, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        if (await db.Portals.AsNoTracking().SingleOrDefaultAsync(p => p.Host == host, ct) is not { } portal)
        {
            return Problem.NotFound($"No se conoce el portal {host}");
        }

        var recipes = await db.Recipes.AsNoTracking().Where(r => r.Host == host && r.State != RecipeState.candidate).OrderByDescending(r => r.Version).Take(50).ToListAsync(ct);
        return TypedResults.Ok(new View(
            portal.Host, portal.Attempts, portal.State(time.GetUtcNow()), portal.Failures, portal.LastSuccessAt, portal.LastFailureAt,
            recipes.Find(r => r.State == RecipeState.current) is { } current ? Of(current, whole: true) : null, recipes.ConvertAll(r => Of(r, whole: false))));
    }

    /// <summary>An operator's own version becomes the current one.</summary>
    public static async Task<Results<Ok<View>, Problem>> Put(string host, Body<Request> body, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var json = body.Value.Recipe!.ToJsonString();
        if (json.Length > RecipeCalls.MaxLength)
        {
            return Problem.Invalid("/recipe", "too_long", "La receta pasa de 100,000 caracteres.");
        }

        if (host.Length > 255 || !Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) || !uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase))
        {
            return Problem.Invalid("/host", "invalid_value", "El portal se nombra por su host y puerto.");
        }

        var now = time.GetUtcNow();
        await db.PutRecipeAsync(new PortalRecipe { Host = host, Recipe = json, Source = "operator", LearnedAt = now }, now, ct);
        await db.SaveChangesAsync(ct);
        return await Get(host, db, time, ct);
    }

    /// <summary>Nobody is sent that way any more; the next success learns anew.</summary>
    public static async Task<Results<NoContent, Problem>> Delete(string host, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        await db.MeetPortalAsync(host, ct);
        if (await db.CurrentRecipeAsync(host, ct) is not { } current)
        {
            return Problem.NotFound($"No hay receta vigente para {host}");
        }

        current.Retire(time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static RecipeView Of(PortalRecipe r, bool whole) => new(
        r.Version, r.State.ToString(), r.Source, r.LearnedAt, r.CurrentSince, r.RetiredAt, r.Uses, r.Held, r.Misled,
        r.Held > 0 ? Math.Round(r.Seconds / r.Held, 1) : null, r.Held > 0 ? Math.Round((double)r.PageLoads / r.Held, 1) : null, whole ? JsonNode.Parse(r.Recipe) : null);
}
