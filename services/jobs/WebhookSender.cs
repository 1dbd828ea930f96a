using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>
/// Sends what is due, as Standard Webhooks say: signed, no redirects, only where egress allows. A delivery is claimed for a minute, so several
/// replicas share the work and what a killed one had claimed is sent by another: at least once.
/// </summary>
public sealed class WebhookSender(
    IServiceScopeFactory scopes, IHttpClientFactory clients, Egress egress, JobNotices notices, TimeProvider time, ILogger<WebhookSender> log) : BackgroundService
{
    /// <summary>At once, and of them for one tenant.</summary>
    private const int Most = 16;
    private const int MostEach = 4;

    /// <summary>Until the receiver has answered.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unsigned = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Task> sending = new();

    /// <summary>What came of one try.</summary>
    private sealed record Try(int? Status, string? Error, TimeSpan? Patience);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var news = notices.On(notice => notice.AtRest);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var claimed = await ClaimAsync(Most - sending.Count, ct);
                foreach (var delivery in claimed)
                {
                    sending[delivery.Id] = SendAsync(delivery, ct);
                }

                await (claimed.Count > 0 ? Task.WhenAny([.. sending.Values, Task.Delay(Poll, ct)]) : news.WaitAsync(Poll, ct));
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "Webhook pass failed");
                await Task.Delay(Poll, CancellationToken.None);
            }
        }

        await Task.WhenAll(sending.Values);
    }

    private async Task<List<WebhookDelivery>> ClaimAsync(int most, CancellationToken ct)
    {
        if (most <= 0)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<JobsDb>(), time.GetUtcNow());
        return await db.Deliveries.FromSql(
            $"""
             WITH due AS (
                SELECT id, next_attempt_at, row_number() OVER (PARTITION BY company_id ORDER BY next_attempt_at, id) AS nth FROM webhook_deliveries
                WHERE status = 'pending' AND next_attempt_at <= {now} AND (claimed_until IS NULL OR claimed_until < {now})
             ), mine AS (
                SELECT w.id FROM webhook_deliveries w JOIN due ON due.id = w.id
                WHERE due.nth <= {MostEach} AND w.status = 'pending' AND (w.claimed_until IS NULL OR w.claimed_until < {now})
                ORDER BY due.next_attempt_at LIMIT {most} FOR UPDATE OF w SKIP LOCKED
             )
             UPDATE webhook_deliveries d SET claimed_until = {now + Claim} FROM mine WHERE d.id = mine.id RETURNING d.*
             """).AsNoTracking().ToListAsync(ct);
    }

    private async Task SendAsync(WebhookDelivery claimed, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await DeliverAsync(claimed, scope.ServiceProvider.GetRequiredService<JobsDb>(), scope.ServiceProvider.GetRequiredService<TenantDirectory>(), ct);
        }
        catch (Exception e)
        {
            log.LogWarning("Delivery {Delivery} was not finished ({Error}); it will be claimed again", claimed.Id, e.Message);
        }
        finally
        {
            sending.TryRemove(claimed.Id, out _);
        }
    }

    private async Task DeliverAsync(WebhookDelivery claimed, JobsDb db, TenantDirectory tenants, CancellationToken ct)
    {
        if (claimed.Url is null && !await AddressAsync(claimed, db, tenants, ct))
        {
            return;
        }

        if (await db.GoneReceivers.AnyAsync(g => g.CompanyId == claimed.CompanyId && g.Url == claimed.Url, ct))
        {
            await RecordAsync(claimed, db, (d, now) => d.Disable(null, now), ct);
            return;
        }

        if (await tenants.WebhookSecretsAsync(claimed.CompanyId, ct) is not { Count: > 0 } secrets)
        {
            await RecordAsync(claimed, db, (d, now) => d.Postpone(Unsigned, now), ct);
            return;
        }

        var result = await PostAsync(claimed, secrets, ct);
        await RecordAsync(claimed, db, (d, now) => Take(d, result, now), ct);
        if (result.Status == (int)HttpStatusCode.Gone)
        {
            await DisableAsync(claimed, db, ct);
        }
    }

    /// <summary>The tenant's own address. False: it has none, or it is not known now, or the same message already goes there.</summary>
    private async Task<bool> AddressAsync(WebhookDelivery claimed, JobsDb db, TenantDirectory tenants, CancellationToken ct)
    {
        var asked = time.GetUtcNow();
        if (await tenants.KnownSettingsAsync(claimed.CompanyId, ct) is not { } settings)
        {
            await RecordAsync(claimed, db, (d, now) => d.Postpone(Unsigned, now), ct);
            return false;
        }

        if (settings.WebhookUrl is not { Length: > 0 } url)
        {
            // None of what was written until then will ever have a receiver.
            await db.Deliveries.Where(d => d.CompanyId == claimed.CompanyId && d.Url == null && d.Status == DeliveryStatus.pending && d.CreatedAt <= asked)
                .ExecuteDeleteAsync(ct);
            return false;
        }

        if (await db.Deliveries.AnyAsync(
            d => d.Id != claimed.Id && d.CompanyId == claimed.CompanyId && d.Event == claimed.Event && d.JobId == claimed.JobId && d.BatchId == claimed.BatchId
                && d.CreatedAt == claimed.CreatedAt && d.Url == url && d.Body == claimed.Body, ct))
        {
            await db.Deliveries.Where(d => d.Id == claimed.Id).ExecuteDeleteAsync(ct);
            return false;
        }

        claimed.Address(url);
        return true;
    }

    private async Task<Try> PostAsync(WebhookDelivery delivery, IReadOnlyList<string> secrets, CancellationToken ct)
    {
        if (egress.Refuse(delivery.Url, httpsOnly: true) is { } why)
        {
            return new Try(null, why, null);
        }

        var second = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("User-Agent", "Invoicing-Webhooks/1");
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", second.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", delivery.Sign(second, secrets));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var answer = await clients.CreateClient(nameof(WebhookSender)).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var patience = answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
            return new Try((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : $"El destino respondió {(int)answer.StatusCode}.", patience);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException && !ct.IsCancellationRequested)
        {
            return new Try(null, e is OperationCanceledException ? "El destino no respondió a tiempo." : "No se pudo conectar con el destino.", null);
        }
    }

    private static void Take(WebhookDelivery delivery, Try result, DateTimeOffset now)
    {
        if (result is { Status: { } good, Error: null })
        {
            delivery.Delivered(good, now);
        }
        else if (result.Status == (int)HttpStatusCode.Gone)
        {
            delivery.Disable(result.Status, now);
        }
        else
        {
            delivery.Failed(result.Status, result.Error!, result.Patience, now);
        }
    }

    /// <summary>Only while the claim is still ours: after a long pause another replica may have sent it again.</summary>
    private async Task RecordAsync(WebhookDelivery claimed, JobsDb db, Action<WebhookDelivery, DateTimeOffset> verb, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = await db.Deliveries.FromSql($"SELECT * FROM webhook_deliveries WHERE id = {claimed.Id} AND claimed_until = {claimed.ClaimedUntil} FOR UPDATE")
            .AsTracking().SingleOrDefaultAsync(ct);
        if (row is not null)
        {
            if (claimed.Url is { } url)
            {
                row.Address(url);
            }

            verb(row, time.GetUtcNow());
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private async Task DisableAsync(WebhookDelivery gone, JobsDb db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO webhook_gone_receivers (company_id, url, at) VALUES ({gone.CompanyId}, {gone.Url}, {now}) ON CONFLICT DO NOTHING", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE webhook_deliveries SET status = 'disabled', next_attempt_at = NULL, updated_at = {now}
             WHERE company_id = {gone.CompanyId} AND url = {gone.Url} AND status = 'pending'
             """, ct);
        log.LogInformation("A receiver of {Company} answered 410; nothing more is sent there", gone.CompanyId);
    }
}
