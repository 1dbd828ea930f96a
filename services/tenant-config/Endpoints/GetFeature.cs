using System.Text.Json.Nodes;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/features/{name}: the flag that counts for the company, as stored and as evaluated.</summary>
public static class GetFeature
{
    public sealed record Response(
        string CompanyId, string FeatureName, bool Enabled, JsonNode? Config, int RolloutPercentage, IReadOnlyList<FeatureVariant> Variants,
        FeatureEvaluation Evaluation, DateTimeOffset? UpdatedAt)
    {
        public static Response Of(string companyId, EvaluatedFeature f) => new(
            companyId, f.Flag.FeatureName, f.Flag.Enabled, f.Flag.Config is null ? new JsonObject() : JsonNode.Parse(f.Flag.Config), f.Flag.RolloutPercentage,
            f.Flag.VariantList, f.Evaluation, f.Flag.UpdatedAt);

        public static Response Unset(string companyId, string name) =>
            new(companyId, name, true, new JsonObject(), 100, [], FeatureEvaluation.Default, null);
    }

    public static async Task<Ok<Response>> Handle(string companyId, string featureName, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.read_automation);
        return TypedResults.Ok(await db.ReadAsync(companyId, featureName, ct));
    }

    internal static async Task<Response> ReadAsync(this TenantsDb db, string companyId, string featureName, CancellationToken ct) =>
        await db.EvaluateAsync(companyId, featureName, ct) is [var feature] ? Response.Of(companyId, feature) : Response.Unset(companyId, featureName);
}
