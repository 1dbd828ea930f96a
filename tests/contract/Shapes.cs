using System.Text;
using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>The contract's objects by their keys, and things every test needs made.</summary>
internal static class Shapes
{
    public static readonly string[] Ticket =
    [
        "id", "user_id", "company_id", "raw_data", "tipo", "estado", "merchant_id", "merchant_name", "category", "confidence", "invoice_data", "llm_analysis",
        "extracted_text", "whatsapp_message_id", "created_at", "updated_at", "invoice_status", "invoice_uuid", "invoice_pdf_path", "invoice_xml_path", "invoice_failure_reason",
    ];

    public static readonly string[] EnhancedTicket =
    [
        .. Ticket, "success", "ticket", "jobs", "processing_status", "automation_status", "automation_summary", "automation_steps", "automation_job_id", "error_explanation",
        "retry_count", "merchant_confidence", "processing_time_ms", "cost_breakdown", "llm_reasoning", "extracted_fields", "field_confidence", "outcome", "deadline", "invoice",
    ];

    public static readonly string[] Job =
    [
        "id", "ticket_id", "merchant_id", "batch_id", "session_id", "status", "estado", "priority", "progress_percentage", "started_at", "completed_at", "total_time_ms",
        "retry_count", "max_retries", "success", "final_url", "downloaded_files", "error_type", "error_message", "human_explanation", "requires_intervention",
        "intervention_instructions", "services_used", "cost_breakdown", "config", "outcome", "outcome_detail", "scheduled_at", "next_attempt_at", "company_id", "created_at", "updated_at",
    ];

    public static readonly string[] Merchant = ["id", "nombre", "metodo_facturacion", "metadata", "is_active", "created_at", "updated_at"];

    public static readonly string[] Profile =
        ["id", "rfc", "nombre", "codigo_postal", "regimen_fiscal", "uso_cfdi", "correo", "is_default", "created_at", "updated_at"];

    /// <summary>A ticket whose merchant has no portal, so that its job waits for a person.</summary>
    public const string Text = "TIENDA DESCONOCIDA SA DE CV\nRFC: TDE010203AB1\nFOLIO: 778899\nTOTAL: $125.50\nFECHA: 2025-08-15";

    public static async Task<(long Ticket, long Job)> NewTicketAsync(this Api api, string text = Text, object? more = null)
    {
        var body = Json(new { raw_data = text, tipo = "texto" }, more);
        var ticket = (await api.PostAsync("/invoicing/v2/tickets", body)).Is(200);
        return ((long)ticket["id"]!, (long?)ticket["automation_job_id"] ?? 0);
    }

    /// <summary>The job, once it waits for a person to say where its portal is.</summary>
    public static Task<Answer> WaitingJobAsync(this Api api, long job) => api.JobWhenAsync(job, "requiere_intervencion");

    public static async Task<Answer> JobWhenAsync(this Api api, long job, string status)
    {
        Answer answer = null!;
        await Eventually.TrueAsync(async () => (string?)(answer = (await api.GetAsync($"/invoicing/v2/jobs/{job}")).Is(200))["status"] == status, $"job {job} to be {status}", seconds: 60);
        return answer;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static System.Text.Json.Nodes.JsonObject Json(object body, object? more)
    {
        var all = System.Text.Json.JsonSerializer.SerializeToNode(body)!.AsObject();
        foreach (var (key, value) in more is null ? [] : System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject())
        {
            all[key] = value?.DeepClone();
        }

        return all;
    }
}
