namespace Invoicing.Tenants.Endpoints;

public static class TenantRoutes
{
    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/invoicing/v2/tenants", ListTenants.Handle).WithTags("Tenants");
        var tenant = routes.MapGroup("/invoicing/v2/tenants/{companyId}").WithTags("Tenants");
        tenant.MapGet("", GetTenant.Handle);
        tenant.MapPut("", PutTenant.Handle);
        tenant.MapGet("/features", ListFeatures.Handle);
        tenant.MapGet("/features/{featureName}", GetFeature.Handle);
        tenant.MapPut("/features/{featureName}", PutFeature.Handle);
        tenant.MapGet("/fiscal-profiles", ListFiscalProfiles.Handle);
        tenant.MapGet("/fiscal-profiles/{id:long}", GetFiscalProfile.Handle);
        tenant.MapPost("/fiscal-profiles", CreateFiscalProfile.Handle).WithMetadata(Idempotent.Route);
        tenant.MapPut("/fiscal-profiles/{id:long}", PutFiscalProfile.Handle);
        tenant.MapGet("/credentials/{merchantId:long}", GetCredential.Handle);
        tenant.MapPut("/credentials/{merchantId:long}", PutCredential.Handle);
        tenant.MapDelete("/credentials/{merchantId:long}", DeleteCredential.Handle);
        tenant.MapGet("/service-secrets/{name}", GetServiceSecret.Handle);
        tenant.MapPut("/service-secrets/{name}", PutServiceSecret.Handle);
        tenant.MapDelete("/service-secrets/{name}", DeleteServiceSecret.Handle);
        tenant.MapGet("/api-keys", ListApiKeys.Handle);
        tenant.MapPost("/api-keys", CreateApiKey.Handle).WithMetadata(Idempotent.Route);
        tenant.MapDelete("/api-keys/{id}", RevokeApiKey.Handle);
        tenant.MapGet("/export", ExportTenant.Handle).Produces(200, contentType: "application/zip");
        tenant.MapGet("/erasure", GetErasure.Handle);
        tenant.MapPost("/erasure", EraseTenant.Handle).WithMetadata(Idempotent.Route);
        tenant.MapPost("/webhook-secret", ReplaceWebhookSecret.Handle).WithMetadata(Idempotent.Route);
    }

    /// <summary>Operations of the whole platform; anybody else's credential, or none, is 403.</summary>
    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/invoicing/v2/admin").WithTags("Admin").AddEndpointFilter(async (context, next) =>
            context.HttpContext.Features.Get<Caller>()?.Role == Role.platform_admin
                ? await next(context)
                : new Problem(403, "permission_denied", $"Permission denied: {Permission.admin_system} required"));
        admin.MapGet("/keys", ListKeys.Handle);
        admin.MapPost("/keys/rotate", RotateKeys.Handle);
        admin.MapGet("/audit", ListAudit.Handle);
        admin.MapGet("/audit/verification", VerifyAudit.Handle);
    }

    /// <summary>What other services ask.</summary>
    public static void MapInternal(this IEndpointRouteBuilder routes)
    {
        var inside = routes.MapGroup("/internal").ServicesOnly();
        inside.MapGet("/tenants/{companyId}", TellSettings.Handle);
        inside.MapGet("/tenants/{companyId}/fiscal-profile", TellFiscalProfile.Handle);
        inside.MapGet("/tenants/{companyId}/credentials/{merchantId:long}", TellCredential.Handle);
        inside.MapGet("/tenants/{companyId}/webhook-secrets", TellWebhookSecrets.Handle);
        inside.MapGet("/tenants/{companyId}/service-secrets/{name}", TellServiceSecret.Handle);
        inside.MapGet("/service-secrets/{name}", TellServiceSecret.List);
        inside.MapPost("/api-keys/resolve", ResolveApiKey.Handle);
        inside.MapGet("/oauth-clients/{id}", TellClient.Handle);
        inside.MapPost("/rate-windows/lease", LeaseRequests.Handle);
    }
}
