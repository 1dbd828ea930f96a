using Invoicing.Tenants.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants;

/// <summary>Which variant a company was given, kept so that editing weights moves nobody.</summary>
public sealed class FeatureAssignment
{
    public required string CompanyId { get; init; }
    public required string FeatureName { get; init; }
    public required string Variant { get; init; }
}

/// <summary>A flag that counts for a company (its own row, else the platform's) and what it says.</summary>
public sealed record EvaluatedFeature(FeatureFlag Flag, FeatureEvaluation Evaluation)
{
    /// <summary>The variant's configuration where it has one, else the flag's.</summary>
    public string? Config => Flag.VariantList.FirstOrDefault(v => v.Name == Evaluation.Variant)?.Config?.ToJsonString(Json.Options) ?? Flag.Config;
}

/// <summary>Flags as they stand now: read from the table each time, so that operators' SQL counts at once.</summary>
public static class Features
{
    /// <param name="only">One flag by name; null for all.</param>
    public static async Task<IReadOnlyList<EvaluatedFeature>> EvaluateAsync(this TenantsDb db, string companyId, string? only, CancellationToken ct)
    {
        var rows = await db.FeatureFlags.AsNoTracking()
            .Where(f => (f.CompanyId == companyId || f.CompanyId == FeatureFlag.Everyone) && (only == null || f.FeatureName == only))
            .ToListAsync(ct);
        var flags = rows.GroupBy(f => f.FeatureName).Select(g => g.FirstOrDefault(f => f.CompanyId == companyId) ?? g.First()).OrderBy(f => f.FeatureName, StringComparer.Ordinal);
        var assigned = rows.All(f => f.Variants is null) ? [] : await db.FeatureAssignments.AsNoTracking()
            .Where(a => a.CompanyId == companyId).ToDictionaryAsync(a => a.FeatureName, a => a.Variant, ct);
        var evaluated = new List<EvaluatedFeature>();
        foreach (var flag in flags)
        {
            var before = assigned.GetValueOrDefault(flag.FeatureName);
            var evaluation = flag.Evaluate(companyId, before);
            if (evaluation.Variant is { } variant && variant != before)
            {
                await db.AssignAsync(companyId, flag.FeatureName, variant, ct);
            }

            evaluated.Add(new EvaluatedFeature(flag, evaluation));
        }

        return evaluated;
    }

    private static Task<int> AssignAsync(this TenantsDb db, string companyId, string feature, string variant, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO feature_assignments (company_id, feature_name, variant) VALUES ({companyId}, {feature}, {variant})
             ON CONFLICT (company_id, feature_name) DO UPDATE SET variant = excluded.variant
             """, ct);
}
