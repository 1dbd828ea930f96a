using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.Tickets.Db;
using Invoicing.Tickets.Endpoints;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Item = Invoicing.Tickets.Endpoints.TakeBulk.Item;

namespace Invoicing.Tickets;

/// <summary>
/// Items of a batch become tickets, each on its own: a bad one is told and stops nobody. An item's key (its own, else its place in the batch)
/// makes it one ticket however often it is sent in 24 h.
/// </summary>
public sealed class BulkIntake(TicketsDb db, Intake intake, TenantDirectory tenants, Egress egress, TimeProvider time)
{
    private const string Route = "POST /invoicing/v2/bulk#item";

    private sealed record Candidate(int Index, string? Key, string Name, string Fingerprint, SubmitEnhancedTicket.Request Asked, Upload? Upload, SubmitOptions Options);

    private sealed record Taken(long TicketId, string BatchId);

    public async Task<IReadOnlyList<Item>> TakeAsync(TakeBulk.Request request, CancellationToken ct)
    {
        try
        {
            return await TakeOnceAsync(request, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another request took one of the keys in between: now it is seen.
            return await TakeOnceAsync(request, ct);
        }
    }

    private async Task<IReadOnlyList<Item>> TakeOnceAsync(TakeBulk.Request request, CancellationToken ct)
    {
        var (judged, candidates) = (new SortedDictionary<int, Item>(), new List<Candidate>());
        foreach (var entry in request.Items!)
        {
            Judge(request, entry.Index, entry.Item, judged, candidates);
        }

        await RefuseProfilesAsync(request.CompanyId!, judged, candidates, ct);
        var known = await KnownAsync(request.CompanyId!, candidates, ct);
        var fresh = candidates.Where(c => !known.ContainsKey(c.Name)).ToList();
        var most = Math.Max(0, request.Most ?? fresh.Count);
        foreach (var candidate in fresh.Skip(most))
        {
            judged[candidate.Index] = Refused(candidate.Index, candidate.Key, new Problem(429, "daily_quota_exceeded", "Se alcanzó el límite diario de trabajos de la empresa."));
        }

        await AddAsync(request, [.. fresh.Take(most)], judged, ct);
        await RepeatAsync(candidates.Where(c => known.ContainsKey(c.Name)), known, judged, ct);
        return [.. judged.Values];
    }

    private void Judge(TakeBulk.Request request, int index, JsonElement item, SortedDictionary<int, Item> judged, List<Candidate> candidates)
    {
        var key = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("key", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        try
        {
            candidates.Add(Read(request, index, key, item));
        }
        catch (ProblemException refused)
        {
            judged[index] = Refused(index, key, refused.Problem);
        }
    }

    private Candidate Read(TakeBulk.Request request, int index, string? key, JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("key", out var given) && given.ValueKind != JsonValueKind.Null
            && (key is null || key.Length is 0 or > 255 || key.Any(c => c is < '!' or > '~')))
        {
            throw new ProblemException(Problem.Invalid("/key", "invalid_value", "key admite de 1 a 255 caracteres ASCII visibles."));
        }

        var asked = Body.Parse<SubmitEnhancedTicket.Request>(Encoding.UTF8.GetBytes(item.GetRawText()));
        if (asked.CompanyId is { Length: > 0 } named && named != request.CompanyId)
        {
            throw new ProblemException(new Problem(403, "cross_tenant", "company_id no corresponde al lote."));
        }

        if (asked.AutoProcess == false)
        {
            throw new ProblemException(Problem.Invalid("/auto_process", "invalid_value", "Un lote procesa sus tickets; auto_process no puede ser false."));
        }

        var options = SubmitEnhancedTicket.OptionsOf(asked with { Priority = asked.Priority ?? request.Priority }, egress) with
        {
            BatchId = request.BatchId, BatchIndex = index, BatchItemKey = key,
        };
        var upload = asked.Tipo == "texto" ? null : EnhancedJson.Decoded(asked.RawData!, asked.Tipo!);
        SubmitEnhancedTicket.SubmissionOf(request.CompanyId!, asked, upload, options);
        return new Candidate(index, key, key is null ? $"{request.BatchId}/{index}" : $"key {key}", FingerprintOf(asked), asked, upload, options);
    }

    private async Task RefuseProfilesAsync(string company, SortedDictionary<int, Item> judged, List<Candidate> candidates, CancellationToken ct)
    {
        foreach (var profile in candidates.Select(c => c.Options.FiscalProfileId).OfType<long>().Distinct().ToList())
        {
            if (await tenants.LacksProfileAsync(company, profile, ct))
            {
                var refused = candidates.Where(c => c.Options.FiscalProfileId == profile).ToList();
                refused.ForEach(c => judged[c.Index] = Refused(c.Index, c.Key, SubmitEnhancedTicket.NoProfile(profile)));
                candidates.RemoveAll(refused.Contains);
            }
        }
    }

    private async Task AddAsync(TakeBulk.Request request, IReadOnlyList<Candidate> fresh, SortedDictionary<int, Item> judged, CancellationToken ct)
    {
        var (settings, now) = (await tenants.SettingsAsync(request.CompanyId!, ct), time.GetUtcNow());
        await intake.ReserveAsync(fresh.Count, ct);
        var (taken, said) = (new List<(Candidate Of, Ticket Ticket)>(), new List<TicketSubmitted>());
        foreach (var c in fresh)
        {
            try
            {
                taken.Add((c, await intake.MakeAsync(SubmitEnhancedTicket.SubmissionOf(request.CompanyId!, c.Asked, c.Upload, c.Options), settings, ct)));
                said.Add(Intake.MessageOf(taken[^1].Ticket, settings));
                judged[c.Index] = new Item(c.Index, c.Key, said[^1], request.BatchId, null, null, null);
            }
            catch (ProblemException refused)
            {
                judged[c.Index] = Refused(c.Index, c.Key, refused.Problem);
            }
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.CopyAsync([.. taken.Select(t => AnswerTo(t.Of, t.Ticket, request, now))], ct);
        await db.CopyAsync([.. taken.Select(t => t.Ticket)], ct);
        await db.PublishAllAsync(said, now, ct, now.AddSeconds(request.HoldSeconds));
        await transaction.CommitAsync(ct);
    }

    private static IdempotentAnswer AnswerTo(Candidate c, Ticket ticket, TakeBulk.Request request, DateTimeOffset now) => new()
    {
        Owner = request.CompanyId!, Route = Route, Key = c.Name, Fingerprint = c.Fingerprint, Status = 200, ContentType = "application/json", Location = null,
        Body = JsonSerializer.SerializeToUtf8Bytes(new Taken(ticket.Id, request.BatchId!), Json.Options), CreatedAt = now,
    };

    private async Task<Dictionary<string, IdempotentAnswer>> KnownAsync(string company, List<Candidate> candidates, CancellationToken ct)
    {
        var (names, oldest) = (candidates.Select(c => c.Name).ToList(), time.GetUtcNow() - IdempotentAnswer.Kept);
        await db.Set<IdempotentAnswer>().Where(a => a.Owner == company && a.Route == Route && a.CreatedAt < oldest).ExecuteDeleteAsync(ct);
        return await db.Set<IdempotentAnswer>().AsNoTracking().Where(a => a.Owner == company && a.Route == Route && names.Contains(a.Key)).ToDictionaryAsync(a => a.Key, ct);
    }

    private async Task RepeatAsync(
        IEnumerable<Candidate> repeated, Dictionary<string, IdempotentAnswer> known, SortedDictionary<int, Item> judged, CancellationToken ct)
    {
        var answers = repeated.Select(c => (Candidate: c, Answer: known[c.Name], First: JsonSerializer.Deserialize<Taken>(known[c.Name].Body, Json.Options)!)).ToList();
        var ids = answers.Select(a => a.First.TicketId).ToList();
        var tickets = await db.Tickets.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        foreach (var (c, answer, first) in answers)
        {
            judged[c.Index] = answer.Fingerprint != c.Fingerprint || !tickets.TryGetValue(first.TicketId, out var ticket)
                ? Refused(c.Index, c.Key, new Problem(422, "idempotency_mismatch", "La clave ya se usó con otro contenido."))
                : new Item(c.Index, c.Key, Intake.MessageOf(ticket, await tenants.SettingsAsync(ticket.CompanyId, ct)), first.BatchId, null, null, null);
        }
    }

    private static string FingerprintOf(SubmitEnhancedTicket.Request asked) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked, Json.Options)));

    private static Item Refused(int index, string? key, Problem problem) => new(index, key, null, null, problem.Code, problem.Detail, problem.Errors);
}
