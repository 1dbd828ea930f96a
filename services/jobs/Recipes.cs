using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Recipes of a portal, from what a worker learned to what the next one replays. Needs a transaction: the portal's row is locked.</summary>
public static class Recipes
{
    /// <summary>Null when nothing is known, or nothing that holds.</summary>
    public static Task<PortalRecipe?> CurrentRecipeAsync(this JobsDb db, string host, CancellationToken ct) =>
        db.Recipes.SingleOrDefaultAsync(r => r.Host == host && r.State == RecipeState.current, ct);

    /// <summary>A ticket of this job has its verified invoice: what brought it is what the next worker does.</summary>
    public static async Task PromoteRecipesAsync(this JobsDb db, long jobId, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var learned in await db.Recipes.Where(r => r.JobId == jobId && r.State == RecipeState.candidate).OrderBy(r => r.Id).ToListAsync(ct))
        {
            await db.PutRecipeAsync(learned, now, ct);
        }
    }

    /// <summary>Makes it the host's current one, unless that says the same already.</summary>
    public static async Task<PortalRecipe> PutRecipeAsync(this JobsDb db, PortalRecipe recipe, DateTimeOffset now, CancellationToken ct)
    {
        await db.MeetPortalAsync(recipe.Host, ct);
        var current = await db.CurrentRecipeAsync(recipe.Host, ct);
        if (current?.Recipe == recipe.Recipe)
        {
            if (recipe.Id > 0)
            {
                db.Remove(recipe);
            }

            return current;
        }

        var last = await db.Recipes.Where(r => r.Host == recipe.Host).MaxAsync(r => (int?)r.Version, ct) ?? 0;
        current?.GiveWay();
        // One is current at any time, also between two statements.
        await db.SaveChangesAsync(ct);
        recipe.Become(last + 1, now);
        if (recipe.Id == 0)
        {
            db.Add(recipe);
        }

        return recipe;
    }
}
