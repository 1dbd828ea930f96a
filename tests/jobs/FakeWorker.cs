using System.Net;
using System.Net.Http.Json;
using Invoicing.Messages;

namespace Invoicing.Jobs.Tests;

/// <summary>Speaks as a browser worker does: its HTTP calls and its messages.</summary>
public sealed class FakeWorker(JobsApp app, string name)
{
    private static readonly AttemptUsage Usage = new(12.5, 4, 0, 0, 0, 0, null, 100);

    public static StoredFile Xml { get; } = new("aaaa/bbbbbbbbbbbb", "factura.xml", "application/xml", 10, new string('a', 64));

    public async Task OfferAsync(int slots, bool draining = false, string? address = null)
    {
        using var client = app.Service.AsService("browser-automation");
        using var answer = await client.PostAsJsonAsync($"/internal/workers/{name}", new { slots, busy = 0, draining, address });
        answer.EnsureSuccessStatusCode();
    }

    public Task<RunAttempt> AttemptAsync(long job, int attempt = 1) => app.Bus.WaitForAsync<RunAttempt>(r => r.JobId == job && r.Attempt == attempt);

    public async Task<RunAttempt> TakeAsync(long job, int attempt = 1)
    {
        var run = await AttemptAsync(job, attempt);
        Assert.That(await CallAsync(job, attempt, "lease", new { worker = name, session_id = $"s-{job}-{attempt}" }), Is.EqualTo(HttpStatusCode.OK));
        await app.Bus.SayAsync(new AttemptStarted(job, attempt, run.CompanyId, name, $"s-{job}-{attempt}", TimeProvider.System.GetUtcNow()));
        return run;
    }

    public async Task<HttpStatusCode> CallAsync(long job, int attempt, string call, object body)
    {
        using var client = app.Service.AsService("browser-automation");
        using var answer = await client.PostAsJsonAsync($"/internal/jobs/{job}/attempts/{attempt}/{call}", body);
        return answer.StatusCode;
    }

    public Task<HttpStatusCode> EmitAsync(RunAttempt run) =>
        CallAsync(run.JobId, run.Attempt, "emission", new { url = run.PortalUrls[0], receptor = "EKU9003173C9" });

    public Task StepAsync(RunAttempt run, int number, string status = "navegando", string action = "navigate", StoredFile? shot = null, Guid? id = null) => app.Bus.SayAsync(
        new StepRecorded(run.JobId, run.Attempt, run.CompanyId, number, status, action, $"Paso {number}", "https://portal.example.com", null, "ok", 5, shot, null, null,
            TimeProvider.System.GetUtcNow()), id);

    public Task AskAsync(RunAttempt run, string id, string kind = "captcha", string? field = null, int seconds = 600) => app.Bus.SayAsync(new InterventionAsked(
        id, run.JobId, run.Attempt, run.CompanyId, kind, "Escriba lo que ve.", field, null, null, [], TimeProvider.System.GetUtcNow(),
        TimeProvider.System.GetUtcNow().AddSeconds(seconds)));

    public Task FinishAsync(
        RunAttempt run, string outcome, bool emitted = false, bool xml = false, DateTimeOffset? retryAt = null, string? field = null, Guid? id = null) => app.Bus.SayAsync(
        new AttemptFinished(run.JobId, run.Attempt, run.CompanyId, outcome, $"Detalle de {outcome}.", field, "https://portal.example.com/fin", null, retryAt,
            "EKU9003173C9", emitted, xml ? [new DeliveredFile("cfdi_xml", Xml)] : [], Usage, TimeProvider.System.GetUtcNow()), id);

    /// <summary>From the hand-out to the delivered XML.</summary>
    public async Task<RunAttempt> DeliverAsync(long job, int attempt = 1)
    {
        var run = await TakeAsync(job, attempt);
        Assert.That(await EmitAsync(run), Is.EqualTo(HttpStatusCode.OK));
        await FinishAsync(run, Outcomes.Entregada, emitted: true, xml: true);
        return run;
    }

    public Task AcceptAsync(RunAttempt run) => app.Bus.SayAsync(new CfdiAccepted(
        run.TicketId, run.JobId, run.CompanyId, Guid.NewGuid().ToString().ToUpperInvariant(), "AAA010101AAA", "EKU9003173C9", 116m,
        TimeProvider.System.GetUtcNow(), Xml.Key, null, run.Attempt));
}
