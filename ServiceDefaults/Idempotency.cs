using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Invoicing;

/// <summary>Marks a route whose POST honours Idempotency-Key.</summary>
public sealed class Idempotent
{
    public static readonly Idempotent Route = new();
}

/// <summary>How a service reads and keeps what <see cref="Idempotency{TDb}"/> handles.</summary>
public sealed record IdempotencyOptions
{
    /// <summary>Reads a form; says in the contract's words what is wrong with it.</summary>
    public Func<HttpRequest, Task<IFormCollection>> ReadForm { get; init; } = request => request.ReadFormAsync(request.HttpContext.RequestAborted);

    /// <summary>What is stored of an answer, where answers hold secrets.</summary>
    public Func<HttpContext, byte[], Task<byte[]>> Seal { get; init; } = (_, answer) => Task.FromResult(answer);

    /// <summary>The way back.</summary>
    public Func<HttpContext, byte[], Task<byte[]>> Open { get; init; } = (_, stored) => Task.FromResult(stored);
}

public static class IdempotencyRegistration
{
    public static IApplicationBuilder UseIdempotency<TDb>(this IApplicationBuilder app, IdempotencyOptions? options = null) where TDb : DbContext =>
        app.UseMiddleware<Idempotency<TDb>>(options ?? new IdempotencyOptions());

    /// <summary>The transaction of the request's idempotency key where it has one (null: its owner commits), else a new one.</summary>
    public static async Task<IDbContextTransaction?> JoinTransactionAsync(this DbContext db, CancellationToken ct) =>
        db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
}

/// <summary>
/// Same key and request: the first answer again. Other request: 422. The first one still running: 409. The answer is stored in the commit
/// of what it made; a refused request (4xx, 5xx) leaves nothing behind and does not use up its key.
/// </summary>
public sealed class Idempotency<TDb>(RequestDelegate next, IdempotencyOptions options) where TDb : DbContext
{
    private const string Header = "Idempotency-Key";

    public async Task InvokeAsync(HttpContext context, TDb db, TimeProvider time)
    {
        var key = context.Request.Headers[Header].ToString();
        if (!context.Request.Headers.ContainsKey(Header) || context.GetEndpoint()?.Metadata.GetMetadata<Idempotent>() is null || context.Features.Get<Caller>() is not { } caller)
        {
            await next(context);
            return;
        }

        if (key.Length is 0 or > 255 || key.Any(c => c is < '!' or > '~'))
        {
            await new Problem(400, "invalid_idempotency_key", "Idempotency-Key admite de 1 a 255 caracteres ASCII visibles.").ExecuteAsync(context);
            return;
        }

        var request = await IdempotentRequest.ReadAsync(context.Request, caller, options.ReadForm);
        await using var transaction = await db.Database.BeginTransactionAsync(context.RequestAborted);
        if (!await TryLockAsync(db, request, key, context.RequestAborted))
        {
            await new Problem(409, "idempotency_in_progress", "La primera petición con esta clave sigue en curso.") { RetryAfter = TimeSpan.FromSeconds(1) }.ExecuteAsync(context);
            return;
        }

        if (await FindAsync(db, request, key, time.GetUtcNow() - IdempotentAnswer.Kept, context.RequestAborted) is { } stored)
        {
            await ReplayAsync(context, stored, request);
            return;
        }

        var answer = await FirstAsync(context);
        if (context.Response.StatusCode < 300)
        {
            db.Add(AnswerOf(context.Response, request, key, await options.Seal(context, answer), time.GetUtcNow()));
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }

        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    /// <summary>Held until the transaction ends, also when the process dies.</summary>
    private static async Task<bool> TryLockAsync(TDb db, IdempotentRequest request, string key, CancellationToken ct)
    {
        var id = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Owner}\n{request.Route}\n{key}")));
        return (await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({id}) AS \"Value\"").ToListAsync(ct))[0];
    }

    private static async Task<IdempotentAnswer?> FindAsync(TDb db, IdempotentRequest request, string key, DateTimeOffset oldest, CancellationToken ct)
    {
        await db.Set<IdempotentAnswer>().Where(a => a.CreatedAt < oldest).ExecuteDeleteAsync(ct);
        return await db.Set<IdempotentAnswer>().AsNoTracking().FirstOrDefaultAsync(a => a.Owner == request.Owner && a.Route == request.Route && a.Key == key, ct);
    }

    /// <summary>The answer is held back until its commit: nobody is told of what might not be.</summary>
    private async Task<byte[]> FirstAsync(HttpContext context)
    {
        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        try
        {
            await next(context);
            return answer.ToArray();
        }
        finally
        {
            context.Response.Body = wire;
        }
    }

    private static IdempotentAnswer AnswerOf(HttpResponse response, IdempotentRequest request, string key, byte[] body, DateTimeOffset now) => new()
    {
        Owner = request.Owner,
        Route = request.Route,
        Key = key,
        Fingerprint = request.Fingerprint,
        Status = response.StatusCode,
        ContentType = response.ContentType,
        Location = response.Headers.Location,
        Body = body,
        CreatedAt = now,
    };

    private async Task ReplayAsync(HttpContext context, IdempotentAnswer stored, IdempotentRequest request)
    {
        if (stored.Fingerprint != request.Fingerprint)
        {
            await new Problem(422, "idempotency_mismatch", "La clave ya se usó con otra petición.").ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = stored.Status;
        context.Response.ContentType = stored.ContentType;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        if (stored.Location is not null)
        {
            context.Response.Headers.Location = stored.Location;
        }

        await context.Response.Body.WriteAsync(await options.Open(context, stored.Body), context.RequestAborted);
    }
}
