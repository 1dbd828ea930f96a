namespace Invoicing.Jobs.Endpoints;

public static class JobRoutes
{
    public static void MapJobs(this WebApplication app)
    {
        var read = app.MapGroup("/invoicing").Requires(Permission.read_automation);
        read.MapGet("/v2/jobs", ReadJobs.List);
        read.MapGet("/v2/jobs/{id:long}", ReadJobs.Get);
        read.MapGet("/v2/jobs/{id:long}/steps", ReadJobs.Steps);
        read.MapGet("/v2/jobs/{id:long}/stream", StreamJob.Handle);
        read.MapGet("/v2/jobs/{id:long}/events", JobEvents.Handle);
        read.MapGet("/v2/jobs/{id:long}/artifacts", Artifacts.List);
        read.MapGet("/v2/jobs/{id:long}/artifacts/{artifact_id}", Artifacts.Get);
        read.MapGet("/v2/interventions", Interventions.List);
        read.MapGet("/v2/interventions/{id}", Interventions.Get);
        read.MapGet("/v2/bulk", ListBatches.Handle);
        read.MapGet("/v2/bulk/{batch_id}/status", Batches.Status);
        read.MapGet("/v2/webhooks/deliveries", Deliveries.List);
        read.MapGet("/v2/limits", Quotas.Limits);
        read.MapGet("/v2/usage", Quotas.Usage);
        read.MapGet("/v2/health", SystemHealth.Health);
        read.MapGet("/jobs", JobsV1.List);
        read.MapGet("/system/status", SystemHealth.Status);
        read.MapGet("/automation/latest-data", AutomationData.Latest);
        read.MapGet("/automation/latest-data-enhanced", LatestAutomations.Handle);
        read.MapGet("/tickets/{id:long}/automation-data", AutomationData.ForTicket);

        var write = app.MapGroup("/invoicing").Requires(Permission.write_automation);
        write.MapPost("/v2/jobs", CreateJob.Handle).InTransaction().Idempotent<CreateJob.Request>();
        write.MapPost("/v2/jobs/{id:long}/cancel", CommandJob.Cancel).InTransaction();
        write.MapPost("/v2/jobs/{id:long}/pause", CommandJob.Pause).InTransaction();
        write.MapPost("/v2/jobs/{id:long}/resume", CommandJob.Resume).InTransaction();
        write.MapPost("/v2/jobs/{id:long}/retry", CommandJob.Retry).InTransaction();
        write.MapPost("/v2/interventions/{id}", Interventions.Answer).InTransaction();
        write.MapPost("/v2/webhooks/deliveries/{id}/resend", Deliveries.Resend).InTransaction();
        write.MapPost("/jobs/{id:long}/process", JobsV1.Process).InTransaction();
        write.MapPost("/tickets/{id:long}/process-robust", ProcessRobust.Handle).InTransaction().Idempotent();

        app.MapGet("/invoicing/v2/interventions/{id}/live", LivePage.Picture).Requires(Permission.read_screenshots);
        app.MapPost("/invoicing/v2/interventions/{id}/live/input", LivePage.Input).Requires(Permission.write_automation);

        var bulk = app.MapGroup("/invoicing/v2/bulk").Requires(Permission.bulk_operations);
        bulk.MapPost("", CreateBatch.Handle).InTransaction().Idempotent<CreateBatch.Request>();
        bulk.MapPost("/{batch_id}/cancel", Batches.Cancel);

        var admin = app.MapGroup("/invoicing/v2/admin").Requires(Permission.admin_system);
        admin.MapGet("/overview", Operations.Overview);
        admin.MapGet("/portals", Operations.Portals);
        admin.MapGet("/portals/{host}", PortalRecipes.Get);
        admin.MapPut("/portals/{host}", PortalRecipes.Put).InTransaction();
        admin.MapDelete("/portals/{host}", PortalRecipes.Delete).InTransaction();
        admin.MapGet("/circuit-breakers", Operations.Breakers);
        admin.MapPost("/circuit-breakers/{host}/reset", Operations.Reset);
        admin.MapGet("/dead-letters", DeadLetters.List);
        admin.MapPost("/dead-letters/replay", DeadLetters.ReplayAll).InTransaction();
        admin.MapPost("/dead-letters/{id}/replay", DeadLetters.Replay).InTransaction();
        admin.MapDelete("/dead-letters/{id}", DeadLetters.Discard).InTransaction();
    }

    public static void MapInternal(this WebApplication app)
    {
        var services = app.MapGroup("/internal").ServicesOnly();
        services.MapPost("/workers/{worker}", WorkerCalls.Workers);
        services.MapPost("/jobs/{id:long}/attempts/{attempt:int}/lease", WorkerCalls.TakeLease);
        services.MapPost("/jobs/{id:long}/attempts/{attempt:int}/heartbeat", WorkerCalls.Heartbeat).InTransaction();
        services.MapPost("/jobs/{id:long}/attempts/{attempt:int}/emission", WorkerCalls.Emission).InTransaction();
        services.MapPost("/jobs/{id:long}/attempts/{attempt:int}/return", WorkerCalls.Return).InTransaction();
        services.MapGet("/tenants/{companyId}/export", ExportJobs.Handle);
        services.MapGet("/portals/{host}/recipe", RecipeCalls.Get);
        services.MapPost("/portals/{host}/recipe/uses", RecipeCalls.Tell).InTransaction();
        services.MapGet("/tickets/{id:long}/automation", AutomationOfTickets.One);
        services.MapPost("/tickets/automation", AutomationOfTickets.Many);
    }
}
