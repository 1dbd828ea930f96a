using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Invoicing.Jobs;

/// <summary>One message to one receiver (Standard Webhooks): pending → delivered | failed | disabled. Its text never changes, its id is the receiver's key.</summary>
public sealed class WebhookDelivery
{
    /// <summary>Waits after the first failed try, the second, …; after the last one the delivery has failed.</summary>
    public static IReadOnlyList<TimeSpan> Schedule { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
    ];

    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(24);

    public required string Id { get; init; }
    public required string CompanyId { get; init; }

    /// <summary>ticket.completed, ticket.failed, ticket.cancelled, job.intervention_required, batch.completed or budget.threshold_reached.</summary>
    public required string Event { get; init; }

    /// <summary>Null until the tenant's own webhook_url has been looked up.</summary>
    public string? Url { get; private set; }
    public long? JobId { get; init; }
    public string? BatchId { get; init; }

    /// <summary>The JSON that is signed and sent.</summary>
    public required string Body { get; init; }
    public DeliveryStatus Status { get; private set; }
    public int Attempts { get; private set; }

    /// <summary>Attempts since it was made or sent again by hand.</summary>
    public int Tries { get; private set; }
    public DateTimeOffset? NextAttemptAt { get; private set; }
    public int? LastStatusCode { get; private set; }
    public string? LastError { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Somebody is sending it until then.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <param name="url">Null for the tenant's webhook_url.</param>
    public static WebhookDelivery To(string? url, string companyId, string type, JsonNode data, long? job, string? batch, DateTimeOffset now) => new()
    {
        Id = $"msg_{Guid.CreateVersion7():N}", CompanyId = companyId, Event = type, Url = url, JobId = job, BatchId = batch, CreatedAt = now, UpdatedAt = now,
        NextAttemptAt = now, Body = new JsonObject { ["type"] = type, ["timestamp"] = JsonValue.Create(now.UtcDateTime), ["data"] = data }.ToJsonString(Json.Options),
    };

    public void Address(string url) => Url ??= url;

    public void Delivered(int status, DateTimeOffset now)
    {
        Tried(status, null, now);
        (Status, NextAttemptAt) = (DeliveryStatus.delivered, null);
    }

    /// <param name="status">What the receiver answered, null when it did not.</param>
    /// <param name="patience">What the receiver asked for (Retry-After).</param>
    public void Failed(int? status, string error, TimeSpan? patience, DateTimeOffset now)
    {
        Tried(status, error, now);
        if (Tries > Schedule.Count)
        {
            (Status, NextAttemptAt) = (DeliveryStatus.failed, null);
            return;
        }

        var wait = Schedule[Tries - 1];
        NextAttemptAt = now + (patience > wait ? patience > MostPatience ? MostPatience : patience.Value : wait);
    }

    /// <summary>The receiver is gone (410).</summary>
    public void Disable(int? status, DateTimeOffset now)
    {
        if (status is not null)
        {
            Tried(status, "El destino respondió 410: ya no recibe avisos.", now);
        }

        (Status, NextAttemptAt, ClaimedUntil, UpdatedAt) = (DeliveryStatus.disabled, null, null, now);
    }

    /// <summary>Nothing was tried: what is needed to sign it could not be had.</summary>
    public void Postpone(TimeSpan wait, DateTimeOffset now) => (NextAttemptAt, ClaimedUntil, UpdatedAt) = (now + wait, null, now);

    /// <summary>By hand: at once, and the whole schedule again.</summary>
    public void Resend(DateTimeOffset now) => (Status, Tries, NextAttemptAt, ClaimedUntil, UpdatedAt) = (DeliveryStatus.pending, 0, now, null, now);

    /// <summary>Header webhook-signature for a try at this second; one signature a secret, newest first.</summary>
    /// <param name="secrets"><c>whsec_</c> and base64.</param>
    public string Sign(long unixSeconds, IEnumerable<string> secrets) => string.Join(' ', secrets.Select(secret =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret[(secret.IndexOf('_', StringComparison.Ordinal) + 1)..]), Encoding.UTF8.GetBytes($"{Id}.{unixSeconds}.{Body}")))));

    private void Tried(int? status, string? error, DateTimeOffset now) =>
        (Attempts, Tries, LastStatusCode, LastError, ClaimedUntil, UpdatedAt) = (Attempts + 1, Tries + 1, status, error, null, now);
}

public enum DeliveryStatus
{
    pending,
    delivered,
    failed,
    disabled,
}

/// <summary>A receiver that said it is gone (410); nothing is sent there until somebody sends a delivery again by hand.</summary>
public sealed class GoneReceiver
{
    public required string CompanyId { get; init; }
    public required string Url { get; init; }
    public required DateTimeOffset At { get; init; }
}
