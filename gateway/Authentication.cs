using Microsoft.AspNetCore.Authorization;

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
        if (!headers.ContainsKey("Authorization") && !headers.ContainsKey("X-API-Key"))
        {
            return anonymous ? new Caller("anonymous", null, Role.@operator, true) : null;
        }

        var authorization = headers.Authorization.ToString();
        var apiKey = headers["X-API-Key"].ToString();
        var bearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
        if ((headers.ContainsKey("Authorization") && bearer is null) || (bearer is not null && headers.ContainsKey("X-API-Key") && bearer != apiKey))
        {
            return null;
        }

        var secret = bearer ?? apiKey;
        return secret.StartsWith("ak_", StringComparison.Ordinal)
            ? await ByKeyAsync(secret, tenants, context.RequestAborted)
            : bearer is null ? null : await ByTokenAsync(bearer, tenants, context.RequestAborted);
    }

    private static async Task<Caller?> ByKeyAsync(string secret, TenantConfig tenants, CancellationToken ct) =>
        secret.Length <= 128 && await tenants.ResolveAsync(secret, ct) is { Role: not (Role.service or Role.platform_admin) } key
            ? new Caller($"key:{key.KeyId}", key.CompanyId, key.Role, false)
            : null;

    /// <summary>A token of a client that was removed meanwhile is worth nothing, however long it would still run.</summary>
    private async Task<Caller?> ByTokenAsync(string token, TenantConfig tenants, CancellationToken ct) =>
        await tokens.JudgeAsync(token, ct) is { } caller && caller.Subject.StartsWith("client:", StringComparison.Ordinal) && await tenants.HasClientAsync(caller.Subject["client:".Length..], ct) ? caller : null;
}

/// <summary>Why a request may not pass; said after its rate limit is, so that guessing credentials is limited too.</summary>
public sealed record Refusal(Problem Problem);

/// <summary>Nobody reaches a service without a caller; <c>/invoicing/v2/admin</c> answers 403 to everybody but platform admins.</summary>
public sealed class AuthenticationMiddleware(RequestDelegate next, Authentication authentication, ILogger<AuthenticationMiddleware> log)
{
    private static readonly string[] Public = ["/connect", "/.well-known", "/console"];

    public async Task InvokeAsync(HttpContext context, TenantConfig tenants)
    {
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && !Public.Any(p => context.Request.Path.StartsWithSegments(p)))
        {
            await IdentifyAsync(context, tenants);
        }

        await next(context);
    }

    private async Task IdentifyAsync(HttpContext context, TenantConfig tenants)
    {
        try
        {
            var caller = await authentication.IdentifyAsync(context, tenants);
            if (context.Request.Path.StartsWithSegments("/invoicing/v2/admin") && caller?.Role != Role.platform_admin)
            {
                context.Features.Set(new Refusal(new Problem(403, "permission_denied", $"Permission denied: {Permission.admin_system} required")));
            }
            else if (caller is null)
            {
                context.Features.Set(new Refusal(Problems.ForStatus(401)));
            }
            else
            {
                context.Features.Set(caller);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            log.LogWarning(e, "tenant-config does not answer; credentials cannot be judged");
            context.Features.Set(new Refusal(Problems.ForStatus(503)));
        }
    }
}

/// <summary>Ends what <see cref="AuthenticationMiddleware"/> refused, and requests that would only echo what others sent.</summary>
public sealed class RefusalMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsTrace(context.Request.Method) || context.Request.Method.Equals("TRACK", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.Allow = "GET, POST, PUT, DELETE";
            return Problems.WriteAsync(context, Problems.ForStatus(405));
        }

        return context.Features.Get<Refusal>() is { } refusal ? Problems.WriteAsync(context, refusal.Problem) : next(context);
    }
}
