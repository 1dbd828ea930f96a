using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Jobs.Db;
using Invoicing.Jobs.Endpoints;

namespace Invoicing.Jobs;

/// <summary>Webhooks of what happened, written in the same save as the change they tell (http-api.md sections 6 and 7).</summary>
public static class Announcements
{
    /// <summary>The job ended.</summary>
    public static void AnnounceEnd(this JobsDb db, AutomationJob job, DateTimeOffset now) => db.Announce(job, job.Estado switch
    {
        Estado.completado => "ticket.completed",
        Estado.cancelado => "ticket.cancelled",
        _ => "ticket.failed",
    }, now);

    /// <summary>A person was asked.</summary>
    public static void AnnounceQuestion(this JobsDb db, AutomationJob job, DateTimeOffset now) => db.Announce(job, "job.intervention_required", now);

    /// <summary>Every job of the batch has ended.</summary>
    public static void AnnounceEnd(this JobsDb db, Batch batch, DateTimeOffset now) => db.Announce(
        batch.CompanyId, "batch.completed", JsonSerializer.SerializeToNode(Batches.Summary.Of(batch), Json.Options)!, batch.NotificationWebhook, null, batch.BatchId, now);

    private static void Announce(this JobsDb db, AutomationJob job, string type, DateTimeOffset now) => db.Announce(
        job.CompanyId, type, JsonSerializer.SerializeToNode(JobView.Of(job), Json.Options)!, job.NotificationWebhook, job.Id, job.BatchId, now);

    private static void Announce(
        this JobsDb db, string company, string type, JsonNode data, string? named, long? job, string? batch, DateTimeOffset now)
    {
        db.Add(WebhookDelivery.To(null, company, type, data, job, batch, now));
        if (named is not null)
        {
            db.Add(WebhookDelivery.To(named, company, type, data.DeepClone(), job, batch, now));
        }
    }
}
