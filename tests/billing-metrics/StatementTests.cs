using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using UglyToad.PdfPig;

namespace Invoicing.Billing.Tests;

/// <summary>A billing-metrics by a clock of its own: each test has a month that is just over and still open.</summary>
[NonParallelizable]
public sealed class StatementTests
{
    private const decimal OneJob = 0.048632m;

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 1, 1, 18, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private readonly SetTime time = new();
    private TestBus bus = null!;
    private TestService<Program> service = null!;
    private DateOnly month = new(2024, 1, 1);

    private string Month => $"{month:yyyy-MM}";

    private string Next => $"{month.AddMonths(1):yyyy-MM}";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        bus = await TestBus.StartAsync((endpoint, test) => TestBus.Hear<JobPriced>(endpoint, test));
        service = await TestService<Program>.StartAsync("billing-metrics", "billing", bus: bus, services: s => s.AddSingleton<TimeProvider>(time));
        await App.ListensAsync(service);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await service.DisposeAsync();
        await bus.DisposeAsync();
    }

    [SetUp]
    public void BeginMonth()
    {
        month = month.AddMonths(2);
        time.Now = At(month.AddMonths(1), 3);
    }

    [Test]
    public async Task A_statement_is_exact_as_json_csv_and_pdf()
    {
        var company = App.NewCompany();
        await CountAsync(company, 1, 15, 15, 20);
        await CountAsync(company, 1, day: 2, ofNext: true);
        var statement = await GetAsync(company, Month);
        var (lines, cost) = (statement["lines"]!.AsArray(), statement["cost_breakdown"]!.AsObject());
        var csv = (await service.As(company, Role.admin).GetStringAsync(Uri(Month, "csv"))).TrimEnd().Split("\r\n");
        using var pdf = PdfDocument.Open(await service.As(company, Role.admin).GetByteArrayAsync(Uri(Month, "pdf")));
        var page = string.Join('\n', pdf.GetPages().Select(p => UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor.ContentOrderTextExtractor.GetText(p)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)statement["status"], (string?)statement["currency"], (int)statement["jobs"]!), Is.EqualTo(("open", "USD", 4)));
            Assert.That(lines.Select(l => $"{l!["date"]} {l["jobs"]}"), Is.EqualTo(new[] { $"{Month}-01 1", $"{Month}-15 2", $"{Month}-20 1" }));
            Assert.That((decimal)statement["total_cost"]!, Is.EqualTo(4 * OneJob).And.EqualTo(lines.Sum(l => (decimal)l!["cost_breakdown"]!["total"]!)));
            Assert.That(cost.Where(c => c.Key != "total").Sum(c => (decimal)c.Value!), Is.EqualTo((decimal)cost["total"]!));
            Assert.That(statement["adjustments"]!.AsArray(), Is.Empty);
            Assert.That(csv[0], Is.EqualTo("company_id,month,kind,date,jobs,successful,failed,captchas_solved,processing_time_ms,ocr,browser,captcha,model,storage,total,currency"));
            Assert.That(csv[1..], Has.Length.EqualTo(3).And.All.StartsWith($"{company},{Month},usage,{Month}-"));
            Assert.That(page, Does.Contain("México").And.Contain(company).And.Contain("cifras provisionales").And.Contain("0.194528"));
        }
    }

    [Test]
    public async Task A_closed_month_never_changes_and_what_comes_late_is_an_adjustment_of_the_next_open_one()
    {
        var company = App.NewCompany();
        await CountAsync(company, 10, 11);
        (await service.AsPlatformAdmin().PostAsync($"/invoicing/v2/billing/statements/{Month}/close", null)).EnsureSuccessStatusCode();
        var closed = (await GetAsync(company, Month)).ToJsonString();
        await CountAsync(company, 11, 12);
        await CountAsync(company, 1, day: 1, ofNext: true);
        var (after, next) = (await GetAsync(company, Month), await GetAsync(company, Next));
        var list = (await service.As(company, Role.admin).GetFromJsonAsync<JsonNode>("/invoicing/v2/billing/statements"))!.AsArray();
        var csv = await service.As(company, Role.admin).GetStringAsync(Uri(Next, "csv"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.ToJsonString(), Is.EqualTo(closed));
            Assert.That(((string?)after["status"], (int)after["jobs"]!), Is.EqualTo(("closed", 2)));
            Assert.That(next["adjustments"]!.AsArray().Select(l => (string?)l!["date"]), Is.EqualTo(new[] { $"{Month}-11", $"{Month}-12" }));
            Assert.That(((string?)next["status"], (decimal)next["total_cost"]!), Is.EqualTo(("open", 3 * OneJob)));
            Assert.That(csv.Split("\r\n").Count(l => l.Contains(",adjustment,", StringComparison.Ordinal)), Is.EqualTo(2));
            Assert.That(list.Select(s => $"{s!["month"]} {s["status"]} {s["jobs"]} {s["total_cost"]}"), Is.EqualTo(new[] { $"{Next} open 3 0.145896", $"{Month} closed 2 0.097264" }));
            Assert.That(await SqlAsync(Rebuilt.Differences), Is.Zero, "days are days of usage, whenever they are billed");
            Assert.That(async () => await SqlAsync("DELETE FROM closed_months"), Throws.Exception.With.Message.Contains("append-only"));
        }
    }

    [Test]
    public async Task What_is_counted_while_a_month_closes_is_on_one_statement_or_the_next()
    {
        var company = App.NewCompany();
        var saying = Task.WhenAll(Enumerable.Range(0, 150).Select(i => bus.SayAsync(Closed(company, 1 + (i % 28), false))));
        await Eventually.TrueAsync(async () => (long)(await SqlAsync($"SELECT count(*) FROM usage_ledger WHERE company_id = '{company}'"))! >= 30, "some entries");
        (await service.AsPlatformAdmin().PostAsync($"/invoicing/v2/billing/statements/{Month}/close", null)).EnsureSuccessStatusCode();
        var closed = (await GetAsync(company, Month)).ToJsonString();
        await saying;
        await Eventually.TrueAsync(async () => (long)(await SqlAsync($"SELECT count(*) FROM usage_ledger WHERE company_id = '{company}'"))! == 150, "all entries");
        var (after, next) = (await GetAsync(company, Month), await GetAsync(company, Next));
        Assert.That(after.ToJsonString(), Is.EqualTo(closed));
        Assert.That((decimal)after["total_cost"]! + (decimal)next["total_cost"]!, Is.EqualTo(150 * OneJob));
    }

    [Test]
    public async Task A_month_closes_by_itself_some_days_after_its_end()
    {
        var company = App.NewCompany();
        var closing = service.Services.GetServices<IHostedService>().OfType<MonthlyClose>().Single();
        time.Now = At(month.AddMonths(1), 5);
        await closing.CloseDueAsync(CancellationToken.None);
        Assert.That((string?)(await GetAsync(company, Month))["status"], Is.EqualTo("open"));
        time.Now = At(month.AddMonths(1), 6);
        await closing.CloseDueAsync(CancellationToken.None);
        await closing.CloseDueAsync(CancellationToken.None);
        Assert.That(((string?)(await GetAsync(company, Month))["status"], (string?)(await GetAsync(company, Next))["status"]), Is.EqualTo(("closed", "open")));
        Assert.That(await SqlAsync($"SELECT closed_by FROM closed_months WHERE month = '{Month}-01'"), Is.EqualTo("automatic"));
    }

    [Test]
    public async Task Months_that_are_none_or_not_over_and_callers_without_the_right_are_refused()
    {
        var admin = service.As("acme", Role.admin);
        var platform = service.AsPlatformAdmin();
        Assert.That(await StatusAsync(platform.PostAsync($"/invoicing/v2/billing/statements/{Next}/close", null)), Is.EqualTo(409));
        foreach (var none in (string[])["2099-01", "2024-13", "ayer", "2024-1"])
        {
            Assert.That(await StatusAsync(admin.GetAsync(Uri(none, "json"))), Is.EqualTo(404), none);
            Assert.That(await StatusAsync(platform.PostAsync($"/invoicing/v2/billing/statements/{none}/close", null)), Is.EqualTo(404), none);
        }

        Assert.That(await StatusAsync(admin.GetAsync(Uri(Month, "xml"))), Is.EqualTo(422));
        Assert.That(await StatusAsync(admin.GetAsync($"{Uri(Month, "json")}&company_id=other")), Is.EqualTo(403));
        Assert.That(await StatusAsync(admin.PostAsync($"/invoicing/v2/billing/statements/{Month}/close", null)), Is.EqualTo(403));
        Assert.That(await StatusAsync(service.As("acme").GetAsync(Uri(Month, "json"))), Is.EqualTo(403));
        Assert.That(await StatusAsync(service.As("acme").GetAsync("/invoicing/v2/billing/statements")), Is.EqualTo(403));
    }

    private static DateTimeOffset At(DateOnly month, int day) => new(month.Year, month.Month, day, 18, 0, 0, TimeSpan.Zero);

    private static string Uri(string month, string format) => $"/invoicing/v2/billing/statements/{month}?format={format}";

    private static async Task<int> StatusAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        return (int)answer.StatusCode;
    }

    private JobClosed Closed(string company, int day, bool ofNext) => App.Closed(company, App.NewJob(), at: At(ofNext ? month.AddMonths(1) : month, day));

    private Task CountAsync(string company, params int[] days) => CountAllAsync([.. days.Select(d => Closed(company, d, false))]);

    private Task CountAsync(string company, int times, int day, bool ofNext) => CountAllAsync([.. Enumerable.Range(0, times).Select(_ => Closed(company, day, ofNext))]);

    private async Task CountAllAsync(List<JobClosed> closings)
    {
        await Task.WhenAll(closings.Select(c => bus.SayAsync(c)));
        var jobs = string.Join(',', closings.Select(c => c.JobId));
        await Eventually.TrueAsync(async () => (long)(await SqlAsync($"SELECT count(*) FROM usage_ledger WHERE job_id IN ({jobs})"))! == closings.Count, "the ledger");
    }

    private async Task<JsonNode> GetAsync(string company, string of) => (await service.As(company, Role.admin).GetFromJsonAsync<JsonNode>(Uri(of, "json")))!;

    private async Task<object?> SqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(service.Database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
