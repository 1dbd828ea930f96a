using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /internal/oauth-clients/{id}: 204 while the client may use its tokens, 404 when it is gone.</summary>
public static class TellClient
{
    public static async Task<Results<NoContent, Problem>> Handle(string id, IOpenIddictApplicationManager clients, CancellationToken ct) =>
        await clients.FindByClientIdAsync(id, ct) is null ? Problem.NotFound($"Cliente {id} no encontrado") : TypedResults.NoContent();
}
