namespace Invoicing.Gateway;

/// <summary>Turns what a client sends into a <see cref="Caller"/>: an access token, an API key, or nobody where the installation allows it.</summary>
public sealed class Authentication(AccessTokens tokens, IConfiguration configuration)
{
    private const string Bearer = "Bearer ";
    private readonly bool anonymous = configuration["Security:Anonymous"] == "operator";

    /// <returns>The caller; null when the credential is bad, or is missing and needed.</returns>
    public async Task<Caller?> IdentifyAsync(HttpContext context, TenantConfig tenants)
    {
        var headers = context.Request.Headers;
        var authorization = headers.Authorization.ToString();
        var apiKey = headers["X-API-Key"].ToString();
        if (authorization.Length == 0 && apiKey.Length == 0)
        {
            return anonymous ? new Caller("anonymous", null, Role.@operator, true) : null;
        }

        var bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        if ((authorization.Length > 0 && bearer is null) || (bearer is not null && apiKey.Length > 0 && bearer != apiKey))
        {
            return null;
        }

        var secret = bearer ?? apiKey;
        return secret.StartsWith("ak_", StringComparison.Ordinal)
            ? await ByKeyAsync(secret, tenants, context.RequestAborted)
            : bearer is null ? null : await tokens.JudgeAsync(bearer, context.RequestAborted);
    }

    private static async Task<Caller?> ByKeyAsync(string secret, TenantConfig tenants, CancellationToken ct) =>
        secret.Length <= 128 && await tenants.ResolveAsync(secret, ct) is { Role: not (Role.service or Role.platform_admin) } key
            ? new Caller($"key:{key.KeyId}", key.CompanyId, key.Role, false)
            : null;
}

/// <summary>Nobody reaches a service without a caller; <c>/invoicing/v2/admin</c> answers 403 to everybody but platform admins.</summary>
public sealed class AuthenticationMiddleware(RequestDelegate next, Authentication authentication, ILogger<AuthenticationMiddleware> log)
{
    private static readonly string[] Public = ["/connect", "/.well-known"];

    public async Task InvokeAsync(HttpContext context, TenantConfig tenants)
    {
        if (context.GetEndpoint() is null || Public.Any(p => context.Request.Path.StartsWithSegments(p)))
        {
            await next(context);
            return;
        }

        Caller? caller;
        try
        {
            caller = await authentication.IdentifyAsync(context, tenants);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            log.LogWarning(e, "tenant-config does not answer; credentials cannot be judged");
            context.Response.Headers.RetryAfter = "5";
            await Problems.WriteAsync(context, Problems.ForStatus(503));
            return;
        }

        if (context.Request.Path.StartsWithSegments("/invoicing/v2/admin") && caller?.Role != Role.platform_admin)
        {
            await Problems.WriteAsync(context, new Problem(403, "permission_denied", $"Permission denied: {Permission.admin_system} required"));
            return;
        }

        if (caller is null)
        {
            await Problems.WriteAsync(context, Problems.ForStatus(401));
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }
}
