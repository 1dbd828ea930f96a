using System.ComponentModel.DataAnnotations;
using Invoicing.BrowserAutomation.Browser;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.BrowserAutomation.Endpoints;

/// <summary>GET /internal/live/{intervention} and POST …/input: jobs hands on what the person in front of it asks for; it has checked who that is.</summary>
public static class LiveCalls
{
    public sealed record Input([property: Required] string? Kind, int? X, int? Y, string? Text, string? Key, int? DeltaY, [property: Required] string? By);

    /// <param name="Code">Null: it was done.</param>
    public sealed record Answer(string? Code, string? Detail, string? Page);

    public static void MapLive(this WebApplication app)
    {
        var services = app.MapGroup("/internal/live").ServicesOnly();
        services.MapGet("/{intervention}", Picture);
        services.MapPost("/{intervention}/input", Do);
    }

    private static async Task<IResult> Picture(string intervention, string company_id, HttpContext http, LivePages pages, CancellationToken ct)
    {
        if (pages.Find(intervention, company_id) is not { } page)
        {
            return Results.NotFound();
        }

        if (await page.PictureAsync(ct) is not var (jpeg, tag))
        {
            return Results.Conflict();
        }

        http.Response.Headers.ETag = tag;
        http.Response.Headers["X-Live-Page"] = page.Url;
        return http.Request.Headers.IfNoneMatch == tag ? Results.StatusCode(304) : Results.Bytes(jpeg, "image/jpeg");
    }

    private static async Task<Results<Ok<Answer>, NotFound>> Do(string intervention, string company_id, Body<Input> body, LivePages pages, CancellationToken ct)
    {
        if (pages.Find(intervention, company_id) is not { } page)
        {
            return TypedResults.NotFound();
        }

        var input = body.Value;
        var refusal = await page.DoAsync(new PersonInput(input.Kind!, input.X, input.Y, input.Text, input.Key, input.DeltaY, input.By!), ct);
        return TypedResults.Ok(new Answer(refusal?.Code, refusal?.Detail, page.Url));
    }
}
