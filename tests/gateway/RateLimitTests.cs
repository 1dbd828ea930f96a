using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Invoicing.Gateway.Tests;

/// <summary>One count for all gateways, told on every answer.</summary>
public sealed partial class RateLimitTests
{
    private const string Write = "/invoicing/v2/jobs";

    [Test]
    public async Task Every_answer_says_what_is_left()
    {
        using var http = App.Client((await App.KeyAsync(App.NewCompany())).Secret);
        var (first, second) = (await http.PostAsync(Write, null), await http.PostAsync(Write, null));

        Assert.That(first.Header("RateLimit-Policy"), Is.EqualTo($"\"writes\";q={App.Writes};w=60"));
        Assert.That(Left(first), Is.EqualTo(App.Writes - 1));
        // A new window may have begun in between.
        Assert.That(Left(second), Is.EqualTo(App.Writes - 2).Or.EqualTo(App.Writes - 1));
        Assert.That(first.Header("X-RateLimit-Limit"), Is.EqualTo($"{App.Writes}"));
        Assert.That(first.Header("X-RateLimit-Remaining"), Is.EqualTo($"{App.Writes - 1}"));
        var reset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(first.Header("X-RateLimit-Reset")!, CultureInfo.InvariantCulture));
        Assert.That(reset - TimeProvider.System.GetUtcNow(), Is.LessThanOrEqualTo(TimeSpan.FromSeconds(61)));
    }

    [Test]
    public async Task Reads_writes_and_robust_processing_are_counted_apart()
    {
        using var http = App.Client((await App.KeyAsync(App.NewCompany())).Secret);
        Assert.That((await http.GetAsync(Write)).Header("RateLimit-Policy"), Does.StartWith("\"reads\";"));
        Assert.That((await http.PostAsync(Write, null)).Header("RateLimit-Policy"), Does.StartWith("\"writes\";"));
        Assert.That((await http.PostAsync("/invoicing/tickets/1/process-robust", null)).Header("RateLimit-Policy"), Is.EqualTo("\"process-robust\";q=50;w=3600"));
    }

    /// <summary>Counted by the window each answer names, so that the turn of a minute in the middle changes nothing.</summary>
    [Test]
    public async Task Two_gateways_admit_no_more_than_the_quota_together_under_64_clients()
    {
        var company = App.NewCompany();
        var secret = (await App.KeyAsync(company)).Secret;
        using var one = App.Client(secret);
        using var two = App.Client(secret, "gateway-2");
        var answers = new System.Collections.Concurrent.ConcurrentBag<(string Window, HttpStatusCode Status)>();
        await Parallel.ForEachAsync(Enumerable.Range(0, App.Writes * 4), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, ct) =>
        {
            using var answer = await (i % 2 == 0 ? one : two).PostAsync(Write, null, ct);
            answers.Add((answer.Header("X-RateLimit-Reset")!, answer.StatusCode));
        });

        var windows = answers.GroupBy(a => a.Window).Select(w => (Admitted: w.Count(a => a.Status == HttpStatusCode.OK), Refused: w.Count(a => a.Status == HttpStatusCode.TooManyRequests), All: w.Count())).ToList();
        Assert.That(windows.Select(w => w.All - w.Admitted - w.Refused), Is.All.Zero, "nothing but 200 and 429");
        Assert.That(windows.Max(w => w.Admitted), Is.LessThanOrEqualTo(App.Writes * 1.01));
        Assert.That(windows.Where(w => w.Refused > 0), Is.Not.Empty.And.All.Matches<(int Admitted, int, int)>(w => w.Admitted >= App.Writes * 0.9), "hardly anything is wasted");
    }

    [Test]
    public async Task A_refusal_says_when_to_come_back_and_costs_nothing()
    {
        using var http = App.Client((await App.KeyAsync(App.NewCompany())).Secret);
        var path = "/invoicing/tickets/1/process-robust";
        HttpResponseMessage answer;
        do
        {
            answer = await http.PostAsync(path, null);
        }
        while (answer.IsSuccessStatusCode);

        var body = await answer.ProblemAsync(429);
        Assert.That((string?)body["code"], Is.EqualTo("rate_limited"));
        Assert.That(Left(answer), Is.Zero);
        Assert.That(answer.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));
        Assert.That((int)(await http.GetAsync("/invoicing/tickets")).StatusCode, Is.EqualTo(200), "other classes go on");
    }

    [TestCase("X-Forwarded-For", "10.1.2.3")]
    [TestCase("Forwarded", "for=10.1.2.3")]
    [TestCase("X-Real-IP", "10.1.2.3")]
    [TestCase("X-HTTP-Method-Override", "GET")]
    [TestCase("X-Tenant-ID", "another")]
    public async Task A_bucket_cannot_be_changed_by_headers(string header, string value)
    {
        using var http = App.Client((await App.KeyAsync(App.NewCompany())).Secret);
        await http.PostAsync(Write, null);
        http.DefaultRequestHeaders.Add(header, value);
        var answer = await http.PostAsync(Write, null);

        Assert.That(Left(answer), Is.LessThan(App.Writes));
        Assert.That(answer.Header("RateLimit-Policy"), Does.StartWith("\"writes\";"));
        var echo = await answer.JsonAsync();
        Assert.That((string?)echo["headers"]![header.ToLowerInvariant()], Is.Not.EqualTo(value), "and it goes no further");
    }

    [Test]
    public async Task A_gateway_that_finds_no_shared_window_counts_alone_instead_of_refusing()
    {
        using var http = App.Client(gateway: "gateway-alone");
        Assert.That((await http.GetAsync("/invoicing/unknown")).Header("RateLimit-Policy"), Does.StartWith("\"reads\";"));
    }

    private static int Left(HttpResponseMessage answer) => int.Parse(Remaining().Match(answer.Header("RateLimit")!).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""^"[a-z-]+";r=(\d+);t=\d+$""")]
    private static partial Regex Remaining();
}
