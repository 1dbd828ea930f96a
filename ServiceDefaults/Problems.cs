using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Invoicing;

/// <summary>One field at fault.</summary>
/// <param name="Pointer">JSON Pointer into the body (<c>/priority</c>), or the name of a query parameter.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="Detail">Spanish sentence.</param>
public sealed record FieldProblem(string Pointer, string Code, string Detail);

/// <summary>A refusal on its way out as RFC 9457 problem details. The <c>detail</c> is Spanish, the <c>code</c> a stable machine word.</summary>
public sealed record Problem(int Status, string Code, string Detail, IReadOnlyList<FieldProblem>? Errors = null) : IResult
{
    /// <summary>When the same request may be made again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Problem NotFound(string detail, string code = "not_found") => new(404, code, detail);

    public static Problem Invalid(params FieldProblem[] errors) =>
        new(422, "validation_failed", errors.Length == 1 ? errors[0].Detail : "Hay datos que no son válidos.", errors);

    public static Problem Invalid(string pointer, string code, string detail) => Invalid(new FieldProblem(pointer, code, detail));

    public static Problem Conflict(string code, string detail) => new(409, code, detail);

    public Task ExecuteAsync(HttpContext context) => Problems.WriteAsync(context, this);
}

/// <summary>Thrown where a guard cannot return: binding, identity. Never for a surprise.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}

/// <summary>
/// Every failure of every service in the contract's shape. Paths under <c>/invoicing/v2</c> speak v2 (<c>errors[]</c>), the others v1
/// (<c>detail</c> is the list <c>{loc,msg,type}</c> for validation, as existing clients know it).
/// </summary>
public static class Problems
{
    /// <summary>Errors of the file store, as the kernel numbers them.</summary>
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    public static IServiceCollection AddProblems(this IServiceCollection services) => services.AddProblemDetails().Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);

    /// <summary>Surprises become 500 without a trace of the inside, a database that is away or a full disk 503; bare status codes get their body.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = OnExceptionAsync, SuppressDiagnosticsCallback = c => c.Exception is ProblemException or BadHttpRequestException });
        app.UseStatusCodePages(c => WriteAsync(c.HttpContext, ForStatus(c.HttpContext.Response.StatusCode)));
        app.Use(ForgetFileAsync);
        return app;
    }

    /// <summary>A range outside the file was refused under the file's own type and name: what follows is a problem.</summary>
    private static async Task ForgetFileAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { StatusCode: 416, HasStarted: false } response)
        {
            (response.ContentType, response.ContentLength, response.Headers.ContentDisposition) = (null, null, default);
        }
    }

    public static Problem ForStatus(int status) => status switch
    {
        400 => new(400, "bad_request", "La petición no se entiende."),
        401 => new(401, "unauthorized", "Falta una credencial válida."),
        403 => new(403, "forbidden", "Permission denied"),
        404 => new(404, "not_found", "Not Found"),
        405 => new(405, "method_not_allowed", "Method Not Allowed"),
        413 => new(413, "payload_too_large", "El contenido excede el tamaño permitido."),
        415 => new(415, "unsupported_media_type", "El tipo de contenido no se acepta aquí."),
        416 => new(416, "range_not_satisfiable", "El rango pedido está fuera del archivo."),
        429 => new(429, "rate_limited", "Rate limit exceeded"),
        502 => new(502, "bad_gateway", "El servicio no respondió bien. Intente de nuevo en unos segundos."),
        503 => new(503, "unavailable", "El servicio no está disponible. Intente de nuevo en unos segundos."),
        504 => new(504, "gateway_timeout", "El servicio tardó demasiado. Intente de nuevo en unos segundos."),
        >= 500 => new(status, "internal_error", "Ocurrió un error interno. El incidente quedó registrado."),
        _ => new(status, "error", "La petición no se pudo atender."),
    };

    private static bool IsV2(HttpContext context) => context.Request.Path.StartsWithSegments("/invoicing/v2");

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        var v2 = IsV2(context);
        var body = new JsonObject
        {
            ["type"] = $"/docs#{problem.Code}",
            ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.Status),
            ["status"] = problem.Status,
            ["detail"] = !v2 && problem.Errors is { Count: > 0 } errors ? Locations(errors) : problem.Detail,
            ["instance"] = context.Request.Path.Value,
            ["code"] = problem.Code,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        };
        if (problem.Errors is { Count: > 0 })
        {
            body["errors"] = JsonSerializer.SerializeToNode(problem.Errors, Json.Options);
        }

        context.Response.StatusCode = problem.Status;
        if (problem.Status == 401 && !context.Response.Headers.ContainsKey("WWW-Authenticate"))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (problem.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = $"{Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))}";
        }

        if (problem.Status is 502 or 503 or 504 && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        await context.Response.WriteAsJsonAsync(body, Json.Options, "application/problem+json");
    }

    /// <summary>Pointers begin with a slash and lead into the body; a name in braces is a part of the path, a bare one a parameter of the query.</summary>
    private static JsonArray Locations(IReadOnlyList<FieldProblem> errors) => [.. errors.Select(e => (JsonNode)new JsonObject
    {
        ["loc"] = new JsonArray([e.Pointer switch { "" or ['/', ..] => "body", ['{', ..] => "path", _ => "query" },
            .. e.Pointer.Trim('{', '}').Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => (JsonNode)p)]),
        ["msg"] = e.Detail,
        ["type"] = e.Code,
    })];

    private static Task OnExceptionAsync(HttpContext context)
    {
        var feature = context.Features.Get<IExceptionHandlerFeature>();
        return WriteAsync(context, feature?.Error switch
        {
            ProblemException p => p.Problem,
            BadHttpRequestException { StatusCode: 400 } bad => Unbound(bad, feature.RouteValues, IsV2(context)),
            BadHttpRequestException { StatusCode: var status } => ForStatus(status),
            PostgresException or DbUpdateException { InnerException: PostgresException } when IsText(feature.Error) =>
                Problem.Invalid("", "invalid_value", "Hay un texto o un número que no se puede guardar."),
            { } error when Database.IsAway(error) || Database.IsBehind(error) => ForStatus(503),
            IOException { HResult: NoSpace or OverQuota } => ForStatus(503),
            _ => ForStatus(500),
        });
    }

    /// <summary>
    /// A parameter that could not be read: in the query the value is wrong, in the path there is no such thing (version 1 says 422 there too,
    /// as its clients know it). The framework names it
    /// only in its (English) sentence: <c>Failed to bind parameter "int limit" from "abc".</c>
    /// </summary>
    private static Problem Unbound(BadHttpRequestException bad, RouteValueDictionary? route, bool v2)
    {
        if (bad.Message.Split('"') is not [_, var declaration, ..])
        {
            return new Problem(400, "bad_request", "La petición no se entiende: cuerpo o parámetros mal formados.");
        }

        var name = declaration.Split(' ')[^1];
        return route?.ContainsKey(name) == true && v2 ? Problem.NotFound($"«{route[name]}» no existe.")
            : route?.ContainsKey(name) == true ? Problem.Invalid($"{{{name}}}", "invalid_type", $"«{route[name]}» no es un número entero.")
            : bad.Message.StartsWith("Required", StringComparison.Ordinal) ? Problem.Invalid(name, "required", $"{name} es obligatorio.")
            : Problem.Invalid(name, "invalid_type", $"{name} no es del tipo esperado, o se dio más de una vez.");
    }

    /// <summary>Characters that the database has no place for (NUL, half of a pair), numbers beyond its types.</summary>
    private static bool IsText(Exception error) => (error as PostgresException ?? (PostgresException)error.InnerException!).SqlState is
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.InvalidTextRepresentation
        or PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.StringDataRightTruncation;
}
