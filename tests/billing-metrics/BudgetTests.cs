using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Billing.Tests;

/// <summary>One job costs 0.048632 USD.</summary>
public sealed class BudgetTests
{
    private const string Path = "/invoicing/v2/billing/budget";

    [Test]
    public async Task Eighty_and_a_hundred_percent_are_told_once_each()
    {
        var company = App.NewCompany();
        await PutAsync(company, new { amount = 0.1m });
        var told = new List<string>();
        for (var jobs = 0; jobs < 4; jobs++)
        {
            await App.CountAsync(App.Closed(company, App.NewJob(), at: TimeProvider.System.GetUtcNow()));
            told.Add(string.Join(' ', (await GetAsync(company))["alerts"]!.AsArray().Select(a => (int)a!["threshold"]!)));
        }

        await Eventually.TrueAsync(() => Task.FromResult(Told(company).Count == 2), "the messages");
        var budget = await GetAsync(company);
        Assert.That(told, Is.EqualTo(new[] { "", "80", "80 100", "80 100" }));
        Assert.That(((decimal)budget["amount"]!, (decimal)budget["spent"]!, (string)budget["currency"]!), Is.EqualTo((0.1m, 0.194528m, "USD")));
        Assert.That(Told(company).Select(t => (t.Threshold, t.Spent)).Order(), Is.EqualTo(new[] { (80, 0.097264m), (100, 0.145896m) }));
    }

    [Test]
    public async Task A_budget_below_what_is_spent_is_told_at_once_and_not_again()
    {
        var company = App.NewCompany();
        await App.CountAsync(App.Closed(company, App.NewJob(), at: TimeProvider.System.GetUtcNow()));
        var budget = await PutAsync(company, new { amount = 0.04m, currency = "USD" });
        await PutAsync(company, new { amount = 0.03m });
        await Eventually.TrueAsync(() => Task.FromResult(Told(company).Count >= 2), "the messages");
        Assert.That(budget["alerts"]!.AsArray().Select(a => (int)a!["threshold"]!), Is.EqualTo(new[] { 80, 100 }));
        Assert.That(Told(company).Select(t => t.Amount), Is.All.EqualTo(0.04m));
        Assert.That(await App.SqlAsync($"SELECT count(*) FROM budget_alerts WHERE company_id = '{company}'"), Is.EqualTo(2));
    }

    [Test]
    public async Task Months_gone_by_and_companies_without_a_budget_are_told_nothing()
    {
        var (company, other) = (App.NewCompany(), App.NewCompany());
        await PutAsync(company, new { amount = 0.01m });
        await App.CountAsync(App.Closed(company, App.NewJob()));
        await App.CountAsync(App.Closed(other, App.NewJob(), at: TimeProvider.System.GetUtcNow()));
        Assert.That(await App.SqlAsync($"SELECT count(*) FROM budget_alerts WHERE company_id IN ('{company}', '{other}')"), Is.Zero);
        Assert.That((await GetAsync(other))["amount"], Is.Null);
    }

    [TestCase("""{}""", 422)]
    [TestCase("""{"amount":0}""", 422)]
    [TestCase("""{"amount":-1}""", 422)]
    [TestCase("""{"amount":1000000001}""", 422)]
    [TestCase("""{"amount":10,"currency":"MXN"}""", 422)]
    [TestCase("""{"amount":10,"company_id":"other"}""", 403)]
    public async Task A_wrong_budget_is_refused(string body, int status)
    {
        using var answer = await App.Service.As("acme", Role.admin).PutAsync(Path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Only_who_may_see_costs_reads_it_and_only_who_manages_the_tenant_sets_it()
    {
        var company = App.NewCompany();
        using var read = await App.Service.As(company).GetAsync(Path);
        using var written = await App.Service.As(company).PutAsJsonAsync(Path, new { amount = 1 });
        using var platform = await App.Service.AsPlatformAdmin().PutAsJsonAsync($"{Path}?company_id={company}", new { amount = 1 });
        Assert.That(((int)read.StatusCode, (int)written.StatusCode, (int)platform.StatusCode), Is.EqualTo((403, 403, 200)));
        Assert.That((decimal)(await GetAsync(company))["amount"]!, Is.EqualTo(1));
    }

    private static List<BudgetThresholdReached> Told(string company) => [.. App.Bus.Heard<BudgetThresholdReached>().Where(b => b.CompanyId == company)];

    private static async Task<JsonNode> GetAsync(string company) => (await App.Service.As(company, Role.admin).GetFromJsonAsync<JsonNode>(Path))!;

    private static async Task<JsonNode> PutAsync(string company, object body)
    {
        using var answer = await App.Service.As(company, Role.admin).PutAsJsonAsync(Path, body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
