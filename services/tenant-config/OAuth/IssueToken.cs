using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Invoicing.Tenants.OAuth;

/// <summary>POST /connect/token: client credentials for a signed token that names company and role. The server has judged the secret before.</summary>
public static class IssueToken
{
    public static void MapTokens(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/connect/token", Handle).ExcludeFromDescription();

    private static async Task<IResult> Handle(HttpContext http, IOpenIddictApplicationManager clients, IConfiguration configuration, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest();
        if (request?.ClientId is not { } id || await clients.FindByClientIdAsync(id, ct) is not { } client)
        {
            return Problems.ForStatus(400);
        }

        var (companyId, role) = await clients.SpeaksForAsync(client, ct);
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, $"client:{id}").SetClaim(Claims.Role, role);
        if (companyId is not null)
        {
            identity.SetClaim("company_id", companyId);
        }

        identity.SetResources(configuration["OAuth:Audience"] ?? "invoicing");
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
