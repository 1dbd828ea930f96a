using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>A portal's password: where it is typed, and that it appears nowhere else.</summary>
[TestFixture, NonParallelizable]
public sealed class SecretsTests
{
    private readonly string canary = $"S3CR3T-{Guid.NewGuid():N}&ñ";
    private readonly ConcurrentQueue<string> traced = new();
    private ActivityListener listener;
    private WorkerBench worker;

    [OneTimeSetUp]
    public async Task Open()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Invoicing", StringComparison.Ordinal), Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => traced.Enqueue(activity.DisplayName + string.Join(' ', activity.TagObjects.Select(t => $"{t.Key}={t.Value}"))),
        };
        ActivitySource.AddActivityListener(listener);
        worker = await WorkerBench.StartAsync(logs: Microsoft.Extensions.Logging.LogLevel.Trace);
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await worker.DisposeAsync();
        listener.Dispose();
    }

    [Test]
    public async Task A_password_that_the_portal_shouts_about_is_told_to_nobody()
    {
        await using var portal = await ShoutingAsync();
        worker.Jobs.Credentials = new PortalCredentials("compras@acme.example", canary, new Dictionary<string, string> { ["portal_url"] = portal.Address });
        var attempt = Attempt(portal);

        var end = await worker.RunAsync(attempt);

        Assert.That(portal.Asked, Has.Some.Contains(canary), "it was not typed, so nothing was shown");
        Assert.That(end.Outcome, Is.EqualTo(Outcome.RequiereHumano), worker.Story(attempt.JobId));
        Assert.That(Told(attempt.JobId), Is.Not.Empty.And.None.Contains(canary[..39]));
    }

    [Test]
    public async Task At_a_strange_address_the_password_is_typed_only_when_a_person_agrees()
    {
        await using var portal = await ShoutingAsync();
        worker.Jobs.Credentials = new PortalCredentials("compras@acme.example", canary, new Dictionary<string, string> { ["portal_url"] = "https://facturas.comercio.example/" });
        var refused = Attempt(portal);
        worker.Person = asked => Task.FromResult<AnswerIntervention?>(new(asked.InterventionId, asked.JobId, asked.Attempt, asked.JobId == refused.JobId ? "reject" : "approve", null));

        var end = await worker.RunAsync(refused);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.RequiereHumano));
        Assert.That(worker.Said<InterventionAsked>(refused.JobId).Single().Prompt, Does.Contain(portal.Authority));
        Assert.That(portal.Asked, Has.None.Contains(canary));
        Assert.That(portal.Asked, Has.None.Contains("compras@acme.example"));

        await worker.RunAsync(Attempt(portal));

        Assert.That(portal.Asked, Has.Some.Contains(canary));
    }

    [Test]
    public async Task At_the_catalogues_own_address_it_is_typed_without_a_question()
    {
        await using var portal = await ShoutingAsync();
        worker.Jobs.Credentials = new PortalCredentials("compras@acme.example", canary, null);
        var attempt = Attempt(portal);

        await worker.RunAsync(attempt with { Merchant = attempt.Merchant! with { PortalUrls = [portal.Address] } });

        Assert.That(portal.Asked, Has.Some.Contains(canary));
        Assert.That(worker.Said<InterventionAsked>(attempt.JobId), Is.Empty);
    }

    private static RunAttempt Attempt(Stage portal) => WorkerBench.Attempt([portal.Address], new Dictionary<string, string> { ["folio"] = "4471982", ["total"] = "250.00" })
        with { Merchant = new MerchantFacts(8, "Comercio", null, [], false, 1) };

    // Its form travels in the address, and it repeats what was typed in every way there is.
    private static Task<Stage> ShoutingAsync() => Stage.OpenAsync(app => app.MapGet("/{page?}", (HttpContext http) =>
    {
        var typed = System.Net.WebUtility.HtmlEncode(http.Request.Query["clave"].ToString());
        var echo = typed.Length == 0 ? "" : $"<div role=alert class=error>La contraseña «{typed}» es incorrecta</div><h1>{typed}</h1><script>alert('La contraseña ' + new URLSearchParams(location.search).get('clave') + ' es incorrecta')</script>";
        return Stage.Html($"{echo}<form action=/entrar><label>Usuario <input name=usuario></label><label>Contraseña <input name=clave type=password></label><button title='{typed}'>Iniciar sesión {typed}</button></form>");
    }));

    // All that leaves the worker: messages, logs, traces, names of stored files.
    private IReadOnlyList<string> Told(long job) =>
    [
        .. worker.Said<StepRecorded>(job).Select(m => JsonSerializer.Serialize(m, Plain)), .. worker.Said<InterventionAsked>(job).Select(m => JsonSerializer.Serialize(m, Plain)),
        .. worker.Said<AttemptFinished>(job).Select(m => JsonSerializer.Serialize(m, Plain)), .. worker.Logged, .. traced, .. Directory.GetFiles(worker.Folder, "*", SearchOption.AllDirectories),
        .. worker.Jobs.RecipeUses.Select(u => u.Learned ?? ""),
    ];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
