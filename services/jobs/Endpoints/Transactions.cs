using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>Commands run in one transaction, committed unless refused; creating ones honour <c>Idempotency-Key</c> in the same commit.</summary>
public static class Transactions
{
    private const string Header = "Idempotency-Key";
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public static RouteHandlerBuilder InTransaction(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        var db = context.HttpContext.RequestServices.GetRequiredService<JobsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(context.HttpContext.RequestAborted);
        var result = await next(context);
        if (Unwrap(result) is not Problem)
        {
            await transaction.CommitAsync(CancellationToken.None);
        }

        return result;
    });

    /// <summary>Same key and body: the first answer again. Other body 422, first still running 409, malformed key 400. Inside <see cref="InTransaction"/>.</summary>
    public static RouteHandlerBuilder Idempotent<TRequest>(this RouteHandlerBuilder route) where TRequest : class => route.Idempotent(
        context => Task.FromResult(JsonSerializer.SerializeToNode(context.Arguments.OfType<Body<TRequest>>().Single().Value, Json.Options)!));

    /// <summary>The same for a route that reads its body itself; the query counts as what was asked.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) => route.Idempotent(async context =>
    {
        var request = context.HttpContext.Request;
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return new JsonObject { ["query"] = request.QueryString.Value, ["body"] = body };
    });

    private static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route, Func<EndpointFilterInvocationContext, Task<JsonNode>> read) => route.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        if (http.Request.Headers[Header] is not [{ } key, ..])
        {
            return await next(context);
        }

        if (key.Length is 0 or > 255 || key.Any(c => c is <= ' ' or > '~'))
        {
            return new Problem(400, "invalid_idempotency_key", "Idempotency-Key debe tener de 1 a 255 caracteres ASCII visibles.");
        }

        var request = await read(context);
        var db = http.RequestServices.GetRequiredService<JobsDb>();
        var scope = Scope(http, request);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.ToJsonString())));
        if (!await db.TryTakeAsync($"{scope} {key}", http.RequestAborted))
        {
            return Problem.Conflict("idempotency_in_progress", "La primera petición con esta clave sigue en curso.");
        }

        var since = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - Kept;
        await db.IdempotencyKeys.Where(k => k.Scope == scope && k.Key == key && k.CreatedAt < since).ExecuteDeleteAsync(http.RequestAborted);
        return await db.IdempotencyKeys.FindAsync([scope, key], http.RequestAborted) is { } first
            ? Replay(http, first, fingerprint)
            : await KeepAsync(http, db, new(scope, key, fingerprint), await next(context));
    });

    private static async Task<object?> KeepAsync(HttpContext http, JobsDb db, (string Scope, string Key, string Fingerprint) id, object? result)
    {
        if (Unwrap(result) is IValueHttpResult { Value: { } value })
        {
            db.Add(new IdempotencyKey
            {
                Scope = id.Scope, Key = id.Key, Fingerprint = id.Fingerprint, Body = JsonSerializer.Serialize(value, Json.Options),
                Location = http.Response.Headers.Location, CreatedAt = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
            });
            await db.SaveChangesAsync(http.RequestAborted);
        }

        return result;
    }

    private static object Replay(HttpContext http, IdempotencyKey first, string fingerprint)
    {
        if (first.Fingerprint != fingerprint)
        {
            return new Problem(422, "idempotency_mismatch", "La clave de idempotencia ya se usó con otro contenido.");
        }

        http.Response.Headers["Idempotency-Replayed"] = "true";
        http.Response.Headers.Location = first.Location;
        return Results.Text(first.Body, "application/json", Encoding.UTF8);
    }

    private static string Scope(HttpContext http, JsonNode request)
    {
        var caller = http.Features.Get<Caller>();
        var named = http.Request.Query["company_id"].ToString() is { Length: > 0 } query ? query : request["company_id"]?.GetValue<string>();
        return $"{caller?.CompanyId ?? named ?? caller?.Subject} {http.Request.Method} {http.Request.Path}";
    }

    /// <summary>Holds a name for the rest of the transaction; false when somebody else does.</summary>
    public static Task<bool> TryTakeAsync(this JobsDb db, string name, CancellationToken ct)
    {
        var number = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({number}) AS \"Value\"").SingleAsync(ct);
    }

    private static object? Unwrap(object? result) => result is INestedHttpResult { Result: var inner } ? inner : result;
}
