using System.Text.Json.Nodes;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/admin/dead-letters, POST …/{id}/replay, POST …/replay by filter, DELETE …/{id}; each may be repeated, each is logged.</summary>
public static class DeadLetters
{
    private const int MostReplayed = 500;

    /// <param name="Payload">The message, secrets masked; null once it is discarded.</param>
    public sealed record View(
        string Id, string Queue, string MessageType, string Reason, int Attempts, string? CompanyId, long? JobId, DateTimeOffset FirstAt, DateTimeOffset LastAt,
        JsonNode? Payload, string Status, DateTimeOffset? ResolvedAt, string? ResolvedBy)
    {
        public static View Of(DeadLetter l) => new(
            l.Id, l.Queue, l.MessageType, l.Reason, l.Attempts, l.CompanyId, l.JobId, l.FirstAt, l.LastAt, l.Body.Length > 0 ? Masking.Masked(l.Body) : null,
            l.Status.ToString(), l.ResolvedAt, l.ResolvedBy);
    }

    public sealed record Replayed(int Count, IReadOnlyList<string> Ids);

    public static async Task<Results<Ok<View[]>, Problem>> List(
        HttpContext http, Paging paging, string? status, string? queue, string? message_type, string? company_id, long? job_id, JobsDb db, CancellationToken ct)
    {
        var words = Paging.Words(status ?? "open");
        if (words.FirstOrDefault(w => !Enum.GetNames<DeadLetterStatus>().Contains(w)) is { } odd)
        {
            return Problem.Invalid("status", "invalid_value", $"status no conoce el valor «{odd}».");
        }

        var wanted = words.Select(Enum.Parse<DeadLetterStatus>).ToArray();
        var letters = Filter(db.DeadLetters.AsNoTracking(), queue, message_type, company_id, job_id).Where(l => wanted.Contains(l.Status));
        var found = await paging.Of(letters, l => l.FirstAt, l => l.Id).ToListAsync(ct);
        paging.LinkNext(http, found, l => (l.FirstAt, l.Id));
        return TypedResults.Ok(found.Select(View.Of).ToArray());
    }

    public static async Task<Results<Ok<View>, Problem>> Replay(
        string id, Caller caller, JobsDb db, FallenMessages broker, TimeProvider time, ILogger<DeadLetter> log, CancellationToken ct)
    {
        if (await LockAsync(db, id, ct) is not { } letter)
        {
            return Missing(id);
        }

        var open = letter.Status == DeadLetterStatus.open;
        if (!letter.Replay(caller.Subject, time.GetUtcNow()))
        {
            return Problem.Conflict("already_discarded", "El mensaje ya se descartó.");
        }

        if (open)
        {
            await broker.SendAsync([letter], ct);
            log.LogWarning("Dead letter {Letter} of {Queue} was replayed by {Who}", id, letter.Queue, caller.Subject);
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(View.Of(letter));
    }

    public static async Task<Ok<Replayed>> ReplayAll(
        Caller caller, string? queue, string? message_type, string? company_id, long? job_id, JobsDb db, FallenMessages broker, TimeProvider time,
        ILogger<DeadLetter> log, CancellationToken ct)
    {
        var letters = await Filter(db.DeadLetters.FromSql($"SELECT * FROM dead_letters WHERE status = 'open' FOR UPDATE SKIP LOCKED"), queue, message_type, company_id, job_id)
            .OrderBy(l => l.FirstAt).Take(MostReplayed).ToListAsync(ct);
        letters.ForEach(l => l.Replay(caller.Subject, time.GetUtcNow()));
        await broker.SendAsync(letters, ct);
        await db.SaveChangesAsync(ct);
        log.LogWarning("{Count} dead letters were replayed by {Who}", letters.Count, caller.Subject);
        return TypedResults.Ok(new Replayed(letters.Count, [.. letters.Select(l => l.Id)]));
    }

    public static async Task<Results<Ok<View>, Problem>> Discard(string id, Caller caller, JobsDb db, TimeProvider time, ILogger<DeadLetter> log, CancellationToken ct)
    {
        if (await LockAsync(db, id, ct) is not { } letter)
        {
            return Missing(id);
        }

        if (!letter.Discard(caller.Subject, time.GetUtcNow()))
        {
            return Problem.Conflict("already_replayed", "El mensaje ya se volvió a enviar.");
        }

        await db.SaveChangesAsync(ct);
        log.LogWarning("Dead letter {Letter} of {Queue} was discarded by {Who}", id, letter.Queue, caller.Subject);
        return TypedResults.Ok(View.Of(letter));
    }

    private static IQueryable<DeadLetter> Filter(IQueryable<DeadLetter> letters, string? queue, string? type, string? company, long? job) => letters.Where(
        l => (queue == null || l.Queue == queue) && (type == null || l.MessageType == type) && (company == null || l.CompanyId == company) && (job == null || l.JobId == job));

    private static Task<DeadLetter?> LockAsync(JobsDb db, string id, CancellationToken ct) =>
        db.DeadLetters.FromSql($"SELECT * FROM dead_letters WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

    private static Problem Missing(string id) => Problem.NotFound($"Mensaje {id} no encontrado");
}
