using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// PUT /invoicing/v2/tenants/{company_id}/features/{name}: sets the company's flag; company <c>*</c> (platform_admin) sets everybody's default.
/// Left out, config and variants stay and the rollout is 100. With If-Match it changes only the version that was read.
/// </summary>
public static partial class PutFeature
{
    public sealed record Request(
        [property: Required(ErrorMessage = "enabled es obligatorio.")] bool? Enabled,
        JsonObject? Config,
        [property: Range(0, 100, ErrorMessage = "rollout_percentage va de 0 a 100.")] int? RolloutPercentage,
        [property: MaxLength(20, ErrorMessage = "Un interruptor lleva a lo más 20 variantes.")] List<FeatureVariant>? Variants);

    public static async Task<Results<Ok<GetFeature.Response>, Problem>> Handle(
        string companyId, string featureName, Body<Request> body, Caller caller, HttpContext http, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        var request = body.Value;
        if (Refuse(companyId, featureName, request) is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockCompanyAsync(companyId, ct);
        if (http.Request.Headers.IfMatch.Count > 0 && Preconditions.Refuse(http.Request, (await db.ReadAsync(companyId, featureName, ct)).ETag) is { } stale)
        {
            return stale;
        }

        var flag = await db.FeatureFlags.SingleOrDefaultAsync(f => f.CompanyId == companyId && f.FeatureName == featureName, ct);
        var before = flag is null ? null : Shown(flag);
        flag ??= db.Add(new FeatureFlag { CompanyId = companyId, FeatureName = featureName, CreatedAt = now }).Entity;
        flag.Set(request.Enabled!.Value, request.RolloutPercentage ?? 100, request.Config?.ToJsonString(Json.Options), request.Variants, now);
        db.Publish(new FeatureChanged(companyId, featureName, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, "feature.changed", featureName, before, Shown(flag)), now, ct);
        await transaction.CommitAsync(ct);
        var changed = await db.ReadAsync(companyId, featureName, ct);
        http.Response.Headers.ETag = changed.ETag;
        return TypedResults.Ok(changed);
    }

    private static Problem? Refuse(string companyId, string featureName, Request request)
    {
        if (companyId != FeatureFlag.Everyone && CompanyIds.Refuse(companyId, null) is { } misnamed)
        {
            return misnamed;
        }

        if (!Name().IsMatch(featureName))
        {
            return Problem.Invalid("feature_name", "invalid_value", "El nombre lleva de 1 a 100 letras, dígitos o . _ -");
        }

        if (ServiceSecret.Fields.ContainsKey(featureName) && (SecretIn(request.Config) ?? request.Variants?.Select(v => SecretIn(v.Config)).FirstOrDefault(n => n is not null)) is { } secret)
        {
            return Problem.Invalid("/config", "secret_in_config", $"«{secret}» no se guarda en la configuración, donde cualquiera la lee: use PUT /invoicing/v2/tenants/{companyId}/service-secrets/{featureName}.");
        }

        return request.Variants is { Count: > 0 } variants && variants.DistinctBy(v => v.Name).Count() < variants.Count
            ? Problem.Invalid("/variants", "duplicate_variant", "Dos variantes llevan el mismo nombre.")
            : null;
    }

    private static string? SecretIn(JsonObject? config) => config?.Select(p => p.Key).FirstOrDefault(name => Secretive().IsMatch(name));

    private static object Shown(FeatureFlag f) => new { f.Enabled, f.Config, f.RolloutPercentage, f.Variants };

    [GeneratedRegex(@"(\A|_)(api_?key|key|secret|password|token|clave|contrasena)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Secretive();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Name();
}
