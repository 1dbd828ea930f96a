using Invoicing.Gateway.OpenApi;
using Scalar.AspNetCore;

namespace Invoicing.Gateway;

/// <summary>One OpenAPI document a version, merged from what the services say of themselves, and the human page at <c>/docs</c>.</summary>
public static class OpenApiDocuments
{
    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/openapi/{version}.json", async (string version, OpenApiMerger merger, CancellationToken ct) =>
            version is "v1" or "v2" ? Results.Text(await merger.KeptAsync(version, ct), "application/json; charset=utf-8") : Problems.ForStatus(404)).ShortCircuit();
        app.MapScalarApiReference("/docs", o => o.WithTitle("Invoicing API").AddDocument("v2").AddDocument("v1").WithOpenApiRoutePattern("/openapi/{documentName}.json"))
            .ShortCircuit();
    }
}
