using System.Text.Json.Nodes;
using Invoicing.TestSupport;

namespace Invoicing.Billing.Tests;

public sealed class CountUsageTests
{
    [Test]
    public async Task A_closed_job_is_priced_by_part_and_the_parts_sum_to_the_total()
    {
        var priced = await App.CountAsync(App.Closed(App.NewCompany(), App.NewJob()));
        var cost = priced.CostBreakdown;
        Assert.Multiple(() =>
        {
            Assert.That(cost["ocr"], Is.EqualTo(0.000017m));
            Assert.That(cost["browser"], Is.EqualTo(0.00028m));
            Assert.That(cost["captcha"], Is.EqualTo(0.00299m));
            Assert.That(cost["model"], Is.EqualTo(0.045m));
            Assert.That(cost["storage"], Is.EqualTo(0.000345m));
            Assert.That(cost["total"], Is.EqualTo(cost.Where(c => c.Key != "total").Sum(c => c.Value)));
        });
    }

    [Test]
    public async Task Messages_heard_again_in_any_order_count_once_and_sums_are_exact()
    {
        var company = App.NewCompany();
        var closings = Enumerable.Range(0, 60).Select(i => App.Closed(company, App.NewJob(), i % 5 == 0 ? "fallido" : "completado")).ToList();
        var random = new Random(20240915);
        var said = closings.Concat(closings.Where((_, i) => i % 3 == 0)).Concat(closings.Where((_, i) => i % 7 == 0)).OrderBy(_ => random.Next()).ToList();
        await Task.WhenAll(said.Select(closed => App.Bus.SayAsync(closed)));
        var sameId = Guid.NewGuid();
        var last = App.Closed(company, App.NewJob(), "cancelado");
        await App.Bus.SayAsync(last, sameId);
        await App.Bus.SayAsync(last, sameId);
        await QuietAsync(company, 61);
        var total = (decimal)(await App.SqlAsync($"SELECT SUM(total_cost) FROM automation_metrics WHERE company_id='{company}' AND date BETWEEN '2024-09-01' AND '2024-09-30';"))!;
        var counts = (string)(await App.SqlAsync($"SELECT total_jobs || ' ' || successful_jobs || ' ' || failed_jobs || ' ' || captchas_solved || ' ' || total_processing_time_ms FROM automation_metrics WHERE company_id='{company}'"))!;
        Assert.That(total, Is.EqualTo(61 * 0.048632m));
        Assert.That(counts, Is.EqualTo($"61 48 13 61 {61 * 30_000}"));
        Assert.That(await App.SqlAsync($"SELECT SUM(cost_ocr + cost_browser + cost_captcha + cost_model + cost_storage) FROM usage_ledger WHERE company_id='{company}'"), Is.EqualTo(total));
    }

    [Test]
    public async Task A_job_closed_again_after_a_retry_costs_what_came_on_top()
    {
        var (company, job) = (App.NewCompany(), App.NewJob());
        var first = await App.CountAsync(App.Closed(company, job, "fallido", 5));
        var both = App.SomeUsage with { BrowserSeconds = 50, Attempts = 2 };
        var second = await App.CountAsync(App.Closed(company, job, "completado", 12, both));
        Assert.That(second.CostBreakdown["total"] - first.CostBreakdown["total"], Is.EqualTo(30 * 0.000014m));
        Assert.That(await App.SqlAsync($"SELECT total_cost FROM automation_metrics WHERE company_id='{company}'"), Is.EqualTo(second.CostBreakdown["total"]));
    }

    [Test]
    public async Task A_day_is_a_day_of_Mexico_City()
    {
        var company = App.NewCompany();
        await App.CountAsync(App.Closed(company, App.NewJob(), at: new DateTimeOffset(2024, 10, 1, 5, 59, 0, TimeSpan.Zero)));
        await App.CountAsync(App.Closed(company, App.NewJob(), at: new DateTimeOffset(2024, 10, 1, 6, 1, 0, TimeSpan.Zero)));
        Assert.That(await App.SqlAsync($"SELECT string_agg(date::text, ' ' ORDER BY date) FROM automation_metrics WHERE company_id='{company}'"), Is.EqualTo("2024-09-30 2024-10-01"));
    }

    [Test]
    public async Task A_new_price_counts_from_its_day_on_and_a_counted_job_keeps_its_own()
    {
        await App.SqlAsync("INSERT INTO prices (resource, variant, unit_price, valid_from, note) VALUES ('browser_second', '', 1, '2031-01-01', 'test') ON CONFLICT DO NOTHING");
        var usage = App.SomeUsage with { BrowserSeconds = 2 };
        var before = await App.CountAsync(App.Closed(App.NewCompany(), App.NewJob(), usage: usage, at: new DateTimeOffset(2031, 1, 1, 5, 0, 0, TimeSpan.Zero)));
        var after = await App.CountAsync(App.Closed(App.NewCompany(), App.NewJob(), usage: usage, at: new DateTimeOffset(2031, 1, 1, 7, 0, 0, TimeSpan.Zero)));
        Assert.That((before.CostBreakdown["browser"], after.CostBreakdown["browser"]), Is.EqualTo((0.000028m, 2m)));
        Assert.That(async () => await App.SqlAsync("UPDATE usage_ledger SET cost_browser = 0"), Throws.Exception.With.Message.Contains("append-only"));
    }

    [Test]
    public async Task What_comes_late_counts_for_its_own_day_and_days_are_what_the_ledger_would_make_of_them()
    {
        var company = App.NewCompany();
        await App.CountAsync(App.Closed(company, App.NewJob()));
        await App.CountAsync(App.Closed(company, App.NewJob(), at: App.Noon.AddDays(40)));
        await App.CountAsync(App.Closed(company, App.NewJob(), "fallido"));
        Assert.That(await App.SqlAsync($"SELECT total_jobs || ' ' || failed_jobs || ' ' || total_cost FROM automation_metrics WHERE company_id='{company}' AND date = '2024-09-15'"), Is.EqualTo("2 1 0.097264"));
        Assert.That(await App.SqlAsync(Rebuilt.Differences), Is.Zero);
    }

    private static async Task QuietAsync(string company, int jobs)
    {
        await Eventually.TrueAsync(async () => (await App.SqlAsync($"SELECT count(*) FROM usage_ledger WHERE company_id = '{company}'")) is long n && n >= jobs, "the ledger", 60);
        await Eventually.TrueAsync(async () => (await Servers.QueuesAsync(App.Bus.Broker)).All(q => q.Name != "billing-metrics-count-usage" || q.Messages == 0), "an empty queue", 60);
    }
}
