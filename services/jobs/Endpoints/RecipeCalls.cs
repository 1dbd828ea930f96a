using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>What workers ask before they go to a portal (GET /internal/portals/{host}/recipe) and tell afterwards (POST …/recipe/uses).</summary>
public static class RecipeCalls
{
    public const int MaxLength = 100_000;

    public sealed record Stored(int Version, string Recipe);

    /// <param name="Version">Of the recipe that was replayed, null when there was none.</param>
    /// <param name="Verdict">held, misled or none.</param>
    /// <param name="Learned">JSON that worked; counts once the job's invoice is verified.</param>
    public sealed record Use(
        long JobId, int Attempt, int? Version, [property: Required, AllowedValues("held", "misled", "none")] string? Verdict,
        [property: MaxLength(MaxLength)] string? Learned, [property: Range(0, 1e6)] double Seconds, [property: Range(0, 100_000)] int PageLoads);

    public sealed record Done;

    public static async Task<Results<Ok<Stored>, Problem>> Get(string host, JobsDb db, CancellationToken ct) =>
        await db.CurrentRecipeAsync(host, ct) is { } recipe ? TypedResults.Ok(new Stored(recipe.Version, recipe.Recipe)) : Problem.NotFound($"No se conoce receta para {host}");

    /// <summary>An attempt told twice in a row counts once, and its candidate is one.</summary>
    public static async Task<Results<Ok<Done>, Problem>> Tell(string host, Body<Use> body, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var (use, now) = (body.Value, time.GetUtcNow());
        if (use.Learned is { } json && !IsObject(json))
        {
            return Problem.Invalid("/learned", "invalid_value", "La receta no es un objeto JSON.");
        }

        await db.MeetPortalAsync(host, ct);
        var replayed = use.Version is { } version ? await db.Recipes.FirstOrDefaultAsync(r => r.Host == host && r.Version == version, ct) : null;
        replayed?.Used($"{use.JobId}/{use.Attempt}", use.Verdict!, use.Seconds, use.PageLoads, now);
        if (use.Learned is { } learned && replayed?.Recipe != learned && !await db.Recipes.AnyAsync(r => r.JobId == use.JobId && r.Host == host && r.Recipe == learned, ct))
        {
            db.Add(new PortalRecipe { Host = host, Recipe = learned, Source = "learned", JobId = use.JobId, LearnedAt = now });
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Done());
    }

    public static bool IsObject(string json)
    {
        try
        {
            using var read = JsonDocument.Parse(json);
            return read.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
