using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/features/{name}: the flag that counts for the company, as stored and as evaluated, with the ETag that a PUT may name.</summary>
public static class GetFeature
{
    public sealed record Response(
        string CompanyId, string FeatureName, bool Enabled, JsonNode? Config, int RolloutPercentage, IReadOnlyList<FeatureVariant> Variants,
        FeatureEvaluation Evaluation, DateTimeOffset? UpdatedAt)
    {
        /// <summary>Of what is stored, by whomever: operators change flags by SQL too. What it comes to for the company is no part of it.</summary>
        [JsonIgnore]
        public string ETag => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this with { Evaluation = FeatureEvaluation.Default }, Json.Options))))[..32]}\"";

        public static Response Of(string companyId, EvaluatedFeature f) => new(
            companyId, f.Flag.FeatureName, f.Flag.Enabled, f.Flag.Config is null ? new JsonObject() : JsonNode.Parse(f.Flag.Config), f.Flag.RolloutPercentage,
            f.Flag.VariantList, f.Evaluation, f.Flag.UpdatedAt);

        public static Response Unset(string companyId, string name) =>
            new(companyId, name, true, new JsonObject(), 100, [], FeatureEvaluation.Default, null);
    }

    public static async Task<Ok<Response>> Handle(string companyId, string featureName, Caller caller, HttpContext http, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.read_automation);
        var feature = await db.ReadAsync(companyId, featureName, ct);
        http.Response.Headers.ETag = feature.ETag;
        return TypedResults.Ok(feature);
    }

    internal static async Task<Response> ReadAsync(this TenantsDb db, string companyId, string featureName, CancellationToken ct) =>
        await db.EvaluateAsync(companyId, featureName, ct) is [var feature] ? Response.Of(companyId, feature) : Response.Unset(companyId, featureName);
}
