using System.Text.Json;

namespace Invoicing.Tenants;

/// <summary>A switch of one company, or with <see cref="Everyone"/> the platform's default. Operators change the row by SQL too.</summary>
public sealed class FeatureFlag
{
    /// <summary>The company id of the platform's default.</summary>
    public const string Everyone = "*";

    public required string CompanyId { get; init; }
    public required string FeatureName { get; init; }
    public bool Enabled { get; private set; } = true;

    /// <summary>JSON as it was given, or null.</summary>
    public string? Config { get; private set; }

    /// <summary>0–100: share of companies for which the flag is on; which ones depends on flag and company alone.</summary>
    public int RolloutPercentage { get; private set; } = 100;

    /// <summary>JSON list of <see cref="FeatureVariant"/>, or null.</summary>
    public string? Variants { get; private set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    public IReadOnlyList<FeatureVariant> VariantList => FeatureVariant.Parse(Variants);

    /// <summary>A null <paramref name="config"/> or <paramref name="variants"/> leaves what there is.</summary>
    public void Set(bool enabled, int rolloutPercentage, string? config, IReadOnlyList<FeatureVariant>? variants, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rolloutPercentage);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rolloutPercentage, 100);
        Enabled = enabled;
        RolloutPercentage = rolloutPercentage;
        Config = config ?? Config;
        Variants = variants is null ? Variants : variants.Count == 0 ? null : JsonSerializer.Serialize(variants, Json.Options);
        UpdatedAt = now;
    }

    /// <param name="assigned">The variant this company was given before; it stays while the variant exists.</param>
    public FeatureEvaluation Evaluate(string companyId, string? assigned)
    {
        var source = CompanyId == Everyone ? "platform" : "tenant";
        if (!Enabled)
        {
            return new FeatureEvaluation(false, null, source);
        }

        if (RolloutPercentage < 100 && companyId != Everyone)
        {
            source = "rollout";
            if (Rollout.Percentile(FeatureName, companyId) > RolloutPercentage)
            {
                return new FeatureEvaluation(false, null, source);
            }
        }

        return new FeatureEvaluation(true, Choose(companyId, assigned)?.Name, source);
    }

    private FeatureVariant? Choose(string companyId, string? assigned)
    {
        var live = VariantList.Where(v => v.Weight > 0).ToList();
        if (live.Count == 0 || companyId == Everyone)
        {
            return null;
        }

        var target = Rollout.VariantPoint(FeatureName, companyId, live.Sum(v => v.Weight));
        return live.FirstOrDefault(v => v.Name == assigned) ?? live.First(v => (target -= v.Weight) <= 0);
    }
}

/// <param name="Reason"><c>tenant</c> or <c>platform</c>: that row's switch decided; <c>rollout</c>: the percentage did; <c>default</c>: there is no row.</param>
public sealed record FeatureEvaluation(bool Enabled, string? Variant, string Reason)
{
    /// <summary>A flag nobody set is on, as in the replaced system.</summary>
    public static FeatureEvaluation Default { get; } = new(true, null, "default");
}
