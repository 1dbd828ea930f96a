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
    public async Task Three_time_outs_in_a_row_stop_it_for_that_portal_alone()
    {
        await using var service = await ServiceAsync(() => Task.FromResult<string?>(null));
        var (solver, clock) = Client(service);

        for (var i = 0; i < 3; i++)
        {
            Assert.That(solver.Takes("portal.example"), Is.True);
            Assert.That(await solver.ReadAsync("portal.example", [1, 2, 3], CancellationToken.None), Is.Null);
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

        Assert.That(await solver.ReadAsync("portal.example", [1, 2, 3], CancellationToken.None), Is.Null);
    }

    [Test]
    public void Its_address_is_https_and_outside()
    {
        Assert.That(() => new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddSolver(new SolverSettings { Url = "http://solver.example/", Key = Key }, new Egress(true)), Throws.InvalidOperationException);
        Assert.That(() => new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddSolver(new SolverSettings { Url = "https://10.0.0.1/", Key = Key }, new Egress(true)), Throws.InvalidOperationException);
    }

    private static SolverSettings Set(Stage service) => new() { Url = service.Address, Key = Key, Limit = TimeSpan.FromSeconds(20), Every = TimeSpan.FromMilliseconds(100) };

    private static (Solver Solver, MovedClock Clock) Client(Stage service)
    {
        var (settings, clock) = (Set(service), new MovedClock());
        settings.Limit = TimeSpan.FromMilliseconds(600);
        return (new Solver(new HttpClient { BaseAddress = new Uri(service.Address + "/") }, settings, new SolverBreaker(clock), TimeProvider.System, NullLogger<Solver>.Instance), clock);
    }

    // Answers at the second question, never where it reads nothing.
    private static Task<Stage> ServiceAsync(Func<Task<string?>> read) => Stage.OpenAsync(app =>
    {
        string? text = null;
        var questions = 0;
        app.MapPost("/createTask", async (JsonNode body) =>
        {
            text = Convert.FromBase64String((string)body["task"]!["body"]!).Length > 0 ? await read() : null;
            return Results.Json(new { errorId = (string?)body["clientKey"] == Key ? 0 : 1, taskId = 77 });
        });
        app.MapPost("/getTaskResult", () => text is null || ++questions < 2 ? Results.Json(new { errorId = 0, status = "processing" }) : Results.Json(new { errorId = 0, status = "ready", solution = new { text } }));
        app.MapPost("/reportIncorrect", () => Results.Json(new { errorId = 0 }));
    });
}
