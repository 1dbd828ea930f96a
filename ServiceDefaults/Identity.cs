using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Invoicing;

public enum Role
{
    viewer,
    @operator,
    admin,
    platform_admin,
    service,
}

/// <summary>The contract's permissions (http-api.md section 1); the wire word is the member's name.</summary>
public enum Permission
{
    read_tickets,
    read_automation,
    write_tickets,
    write_automation,
    read_screenshots,
    bulk_operations,
    manage_merchants,
    view_costs,
    manage_tenant,
    admin_system,
}

/// <summary>Who calls. Made by the gateway, carried in a short-lived signed token, verified by every service.</summary>
/// <param name="CompanyId">The credential's tenant; null for platform admins, services and anonymous callers.</param>
/// <param name="Anonymous">No credential, where the installation allows it (local run).</param>
public sealed record Caller(string Subject, string? CompanyId, Role Role, bool Anonymous)
{
    private static readonly Permission[] Viewer = [Permission.read_tickets, Permission.read_automation];
    private static readonly Permission[] Operator =
        [.. Viewer, Permission.write_tickets, Permission.write_automation, Permission.read_screenshots, Permission.bulk_operations];
    private static readonly Permission[] Admin = [.. Operator, Permission.manage_merchants, Permission.view_costs, Permission.manage_tenant];

    private bool Everywhere => Role is Role.platform_admin or Role.service;

    public bool May(Permission permission) => Role switch
    {
        Role.viewer => Viewer.Contains(permission),
        Role.@operator => Operator.Contains(permission),
        Role.admin => Admin.Contains(permission),
        _ => true,
    };

    /// <exception cref="ProblemException">403 when the role lacks the permission.</exception>
    public void Demand(Permission permission)
    {
        if (!May(permission))
        {
            throw new ProblemException(new Problem(403, "permission_denied", $"Permission denied: {permission} required"));
        }
    }

    /// <summary>The tenant to write to: the credential's, or the one named where the caller may name any; <c>default</c> when nobody named one.</summary>
    /// <exception cref="ProblemException">403 <c>cross_tenant</c>.</exception>
    public string TenantFor(string? named)
    {
        if (string.IsNullOrEmpty(named))
        {
            return CompanyId ?? "default";
        }

        return Anonymous || Everywhere || named == CompanyId
            ? named
            : throw new ProblemException(new Problem(403, "cross_tenant", "company_id no corresponde a la credencial."));
    }

    /// <summary>The tenant to look an id up in; null means any (anonymous local run and platform admins that named none).</summary>
    /// <exception cref="ProblemException">403 <c>cross_tenant</c>.</exception>
    public string? ScopeFor(string? named) => string.IsNullOrEmpty(named) && (Anonymous || Everywhere) ? null : TenantFor(named);

    /// <summary>The <c>company_id</c> of the query is checked wherever a handler asks for its caller.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context)
    {
        var caller = context.Features.Get<Caller>() ?? throw new ProblemException(Problems.ForStatus(401));
        caller.TenantFor(context.Request.Query["company_id"]);
        return ValueTask.FromResult(caller);
    }
}

/// <summary>Reads the internal token of a request; without one there is no caller and handlers that ask for it answer 401.</summary>
public sealed class CallerMiddleware(RequestDelegate next, InternalTokens tokens, ILogger<CallerMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        const string bearer = "Bearer ";
        if (context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith(bearer, StringComparison.Ordinal)
            && await tokens.VerifyAsync(header[bearer.Length..]) is { } caller)
        {
            context.Features.Set(caller);
            var company = caller.CompanyId ?? context.Request.Query["company_id"].ToString();
            System.Diagnostics.Activity.Current?.SetTag("invoicing.company_id", company);
            if (caller.CompanyId is { } own && caller.Role is not (Role.platform_admin or Role.service))
            {
                TenantWall.Enter(own);
            }

            using var scope = log.ForTenant(company);
            await next(context);
            return;
        }

        await next(context);
    }
}

/// <summary>Signs calls from one service to another.</summary>
public sealed class ServiceTokenHandler(InternalTokens tokens, IConfiguration configuration) : DelegatingHandler
{
    private readonly Caller self = new(configuration["Identity:Name"] ?? "service", null, Role.service, false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new("Bearer", tokens.Issue(self));
        return base.SendAsync(request, cancellationToken);
    }
}

public static class Identity
{
    public static IServiceCollection AddInternalIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(s => new InternalTokens(
            configuration["Identity:Name"] ?? "unnamed", configuration["Identity:SigningKey"], configuration["Identity:Keys"] ?? "", s.GetRequiredService<TimeProvider>()));
        return services.AddTransient<ServiceTokenHandler>();
    }

    /// <summary>A typed client for <c>http://{service}</c>, found by service discovery, signed with this service's own token.</summary>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string service) where TClient : class =>
        services.AddHttpClient<TClient>(http => http.BaseAddress = new Uri($"http://{service}")).AddHttpMessageHandler<ServiceTokenHandler>();

    /// <summary>Every route of the group needs the permission.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder
    {
        builder.Add(e => e.Metadata.Add(permission));
        return Microsoft.AspNetCore.Http.EndpointFilterExtensions.AddEndpointFilter(builder, async (context, next) =>
        {
            (await Caller.BindAsync(context.HttpContext)).Demand(permission);
            return await next(context);
        });
    }

    /// <summary>Routes that only other services call.</summary>
    public static TBuilder ServicesOnly<TBuilder>(this TBuilder builder) where TBuilder : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder
    {
        builder.Add(e => e.Metadata.Add(new Microsoft.AspNetCore.Routing.ExcludeFromDescriptionAttribute()));
        return Microsoft.AspNetCore.Http.EndpointFilterExtensions.AddEndpointFilter(builder, async (context, next) =>
            (await Caller.BindAsync(context.HttpContext)).Role == Role.service ? await next(context) : Problems.ForStatus(403));
    }
}
