using System.Text.Json.Nodes;
using Invoicing.BrowserAutomation.Captcha;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>A stand-in for the captcha service, asked by the worker with real Chromium and by the client alone.</summary>
[TestFixture, NonParallelizable]
public sealed class SolverTests
{
    private const string Key = "clave-de-servicio-7f3a";
    private PortalTown town;

    [OneTimeSetUp]
    public async Task Open() => town = await PortalTown.StartAsync();

    [OneTimeTearDown]
    public async Task Close() => await town.DisposeAsync();

    [Test]
    public async Task The_service_reads_the_picture_and_its_reading_is_counted()
    {
        await using var service = await ServiceAsync(async () => await town.CaptchaAsync("oxxo-test"));
        await using var worker = await WorkerBench.StartAsync(solver: Set(service));
        var ticket = await town.SellAsync("oxxo-test");
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Entregada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        Assert.That((end.Usage.CaptchasSolved, end.Usage.CaptchasByService), Is.EqualTo((1, 1)));
        Assert.That(worker.Said<InterventionAsked>(attempt.JobId), Is.Empty);
    }

    [Test]
    public async Task What_the_service_got_wrong_a_person_reads_and_it_hears_of_it()
    {
        await using var service = await ServiceAsync(() => Task.FromResult<string?>("ZZZZZ"));
        await using var worker = await WorkerBench.StartAsync(solver: Set(service));
        worker.Person = asked => town.SolveAsync(asked, "oxxo-test");
        var ticket = await town.SellAsync("oxxo-test");
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Entregada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        Assert.That((end.Usage.CaptchasSolved, end.Usage.CaptchasByService), Is.EqualTo((2, 1)));
        Assert.That(service.Asked.Count(a => a.Contains("/reportIncorrect", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Where_the_tenant_does_not_allow_it_the_service_is_not_asked()
    {
        await using var service = await ServiceAsync(async () => await town.CaptchaAsync("oxxo-test"));
        await using var worker = await WorkerBench.StartAsync(solver: Set(service));
        worker.Person = asked => town.SolveAsync(asked, "oxxo-test");
        var ticket = await town.SellAsync("oxxo-test");

        var end = await worker.RunAsync(WorkerBench.Attempt(ticket.Urls, ticket.Fields) with { CaptchaSolving = false });

        Assert.That((end.Usage.CaptchasSolved, end.Usage.CaptchasByService), Is.EqualTo((1, 0)));
        Assert.That(service.Asked, Is.Empty);
    }

    [Test]
    public async Task A_tenant_s_own_account_pays_and_its_key_is_told_to_nobody_else()
    {
        const string own = "S3CR3T-cuenta-propia";
        await using var service = await ServiceAsync(async () => await town.CaptchaAsync("oxxo-test"), own);
        await using var worker = await WorkerBench.StartAsync(logs: Microsoft.Extensions.Logging.LogLevel.Trace, solver: Set(service));
        worker.Jobs.ServiceKeys["captcha_solving"] = own;
        var ticket = await town.SellAsync("oxxo-test");
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That((end.Outcome, end.Usage.CaptchasByService), Is.EqualTo((Outcome.Entregada, 1)), worker.Story(attempt.JobId));
        Assert.That(service.Asked, Has.Some.Contains(own), "it was not used, so nothing was shown");
        Assert.That(worker.Said<StepRecorded>(attempt.JobId).Select(s => $"{s}").Append($"{end}").Concat(worker.Logged), Has.None.Contains(own));
    }

    [Test]
    public async Task The_reader_of_tickets_reads_it_where_the_tenant_chose_that_and_what_it_is_not_sure_of_a_person_does()
    {
        var sure = true;
        await using var reader = await Stage.OpenAsync(app => app.MapPost("/internal/captcha", async (HttpRequest request) => Results.Json(new { text = sure && request.ContentLength > 100 ? await town.CaptchaAsync("oxxo-test") : null })));
        await using var worker = await WorkerBench.StartAsync(reader: reader.Address);
        worker.Person = asked => town.SolveAsync(asked, "oxxo-test");
        var (first, second) = (await LocallyAsync(worker), await LocallyAsync(worker, before: () => sure = false));

        Assert.That((first.Outcome, first.Usage.CaptchasSolved, first.Usage.CaptchasLocally, first.Usage.CaptchasByService), Is.EqualTo((Outcome.Entregada, 1, 1, 0)));
        Assert.That((second.Outcome, second.Usage.CaptchasSolved, second.Usage.CaptchasLocally), Is.EqualTo((Outcome.Entregada, 1, 0)));
        Assert.That(worker.Said<InterventionAsked>(first.JobId), Is.Empty);
        Assert.That(worker.Said<InterventionAsked>(second.JobId), Has.Count.EqualTo(1));
    }

    [TestCase("¿Cuánto es 4 + 8?", "12")]
    [TestCase("4 + 8 =", "12")]
    [TestCase("Resuelva: 9 - 3 =", "6")]
    [TestCase("Escriba el resultado de 7 x 6:", "42")]
    [TestCase("3 más 5", "8")]
    [TestCase("Fecha 10-12-2026", null)]
    [TestCase("Folio 12-34", null)]
    [TestCase("Tel. 55 1234 5678", null)]
    [TestCase("Código de seguridad", null)]
    public void A_sum_is_reckoned_and_nothing_else_is_taken_for_one(string text, string? result) => Assert.That(Sum.Of(text), Is.EqualTo(result));

    [Test]
    public async Task A_sum_beside_the_box_is_answered_and_free()
    {
        await using var portal = await Stage.OpenAsync(app =>
        {
            app.MapGet("/", () => Stage.Html("""
                <form method=post action=/emitir><p><label>Folio <input name=folio></label> <label>Total <input name=total></label></p>
                <p><label>RFC <input name=rfc></label> <label>Razón social <input name=razon></label> <label>Código postal <input name=cp></label></p>
                <p><label>Régimen fiscal <select name=regimen><option value="">Seleccione</option><option value=601>601 - General de Ley Personas Morales</option></select></label>
                <label>Uso de CFDI <select name=uso><option value="">Seleccione</option><option value=G03>G03 - Gastos en general</option></select></label></p>
                <p><label>Correo electrónico <input name=correo></label> <label>¿Cuánto es 4 + 8? <input name=suma required></label> <button>Generar factura</button></p></form>
                """));
            app.MapPost("/emitir", () => Stage.Html("<div class=exito>Su factura fue generada y se enviará a su correo electrónico.</div>"));
        });
        await using var worker = await WorkerBench.StartAsync();
        var attempt = WorkerBench.Attempt([portal.Address], new Dictionary<string, string> { ["folio"] = "4471982", ["total"] = "250.00" });

        var end = await worker.RunAsync(attempt);

        Assert.That(portal.Asked, Has.One.Contains("suma=12"), worker.Story(attempt.JobId));
        Assert.That((end.Usage.CaptchasLocally, end.Usage.CaptchasByService), Is.EqualTo((end.Usage.CaptchasSolved, 0)));
        Assert.That(worker.Said<InterventionAsked>(attempt.JobId), Is.Empty);
    }

    [Test]
    public async Task Three_time_outs_in_a_row_stop_it_for_that_portal_alone()
    {
        await using var service = await ServiceAsync(() => Task.FromResult<string?>(null));
        var (solver, clock) = Client(service);

        for (var i = 0; i < 3; i++)
        {
            Assert.That(solver.Takes("portal.example"), Is.True);
            Assert.That(await solver.ReadAsync(Key, "portal.example", [1, 2, 3], CancellationToken.None), Is.Null);
        }

        Assert.That((solver.Takes("portal.example"), solver.Takes("otro.example")), Is.EqualTo((false, true)));
        clock.Now += TimeSpan.FromHours(1.1);
        Assert.That(solver.Takes("portal.example"), Is.True);
    }

    [TestCase("""{"errorId":1,"errorCode":"ERROR_KEY_DOES_NOT_EXIST"}""")]
    [TestCase("""{"errorId":0,"taskId":"siete"}""")]
    [TestCase("<html>")]
    [TestCase("")]
    public async Task A_service_that_answers_nonsense_is_no_reason_to_fail(string answer)
    {
        await using var service = await Stage.OpenAsync(app => app.MapFallback(() => Results.Text(answer, "application/json")));
        var (solver, _) = Client(service);

        Assert.That(await solver.ReadAsync(Key, "portal.example", [1, 2, 3], CancellationToken.None), Is.Null);
    }

    [Test]
    public void Its_address_is_https_and_outside()
    {
        Assert.That(() => new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddSolver(new SolverSettings { Url = "http://solver.example/", Key = Key }, new Egress(true)), Throws.InvalidOperationException);
        Assert.That(() => new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddSolver(new SolverSettings { Url = "https://10.0.0.1/", Key = Key }, new Egress(true)), Throws.InvalidOperationException);
    }

    private async Task<AttemptFinished> LocallyAsync(WorkerBench worker, Action? before = null)
    {
        before?.Invoke();
        var ticket = await town.SellAsync("oxxo-test");
        return await worker.RunAsync(WorkerBench.Attempt(ticket.Urls, ticket.Fields) with { CaptchaSolver = "local" });
    }

    private static SolverSettings Set(Stage service) => new() { Url = service.Address, Key = Key, Limit = TimeSpan.FromSeconds(20), Every = TimeSpan.FromMilliseconds(100) };

    private static (Solver Solver, MovedClock Clock) Client(Stage service)
    {
        var (settings, clock) = (Set(service), new MovedClock());
        settings.Limit = TimeSpan.FromMilliseconds(600);
        return (new Solver(new HttpClient { BaseAddress = new Uri(service.Address + "/") }, settings, new SolverBreaker(clock), TimeProvider.System, NullLogger<Solver>.Instance), clock);
    }

    // Answers at the second question, never where it reads nothing.
    private static Task<Stage> ServiceAsync(Func<Task<string?>> read, string key = Key) => Stage.OpenAsync(app =>
    {
        string? text = null;
        var questions = 0;
        app.MapPost("/createTask", async (JsonNode body) =>
        {
            text = Convert.FromBase64String((string)body["task"]!["body"]!).Length > 0 ? await read() : null;
            return Results.Json(new { errorId = (string?)body["clientKey"] == key ? 0 : 1, taskId = 77 });
        });
        app.MapPost("/getTaskResult", () => text is null || ++questions < 2 ? Results.Json(new { errorId = 0, status = "processing" }) : Results.Json(new { errorId = 0, status = "ready", solution = new { text } }));
        app.MapPost("/reportIncorrect", () => Results.Json(new { errorId = 0 }));
    });
}
