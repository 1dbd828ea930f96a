using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Invoicing.Gateway.Tests;

/// <summary>The browser client of a job's events, in a real browser on a page of the gateway; the service behind it misbehaves as each test wants.</summary>
public sealed class JobStreamModuleTests
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("INVOICING_TEST_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Args = ["--disable-gpu", "--disable-quic"],
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await (browser?.CloseAsync() ?? Task.CompletedTask);
        playwright?.Dispose();
    }

    [Test]
    public async Task A_stream_that_breaks_goes_on_after_the_last_event_seen()
    {
        var asked = new ConcurrentQueue<string>();
        App.Jobs.Answers["/invoicing/v2/jobs/41/stream"] = async context =>
        {
            asked.Enqueue(context.Request.Headers["Last-Event-ID"].ToString());
            await StreamAsync(context, asked.Count == 1 ? ["progress 1", "progress 2"] : ["progress 2", "progress 3", "complete 4"]);
        };

        var told = await FollowAsync(41);
        Assert.That(told.Heard, Is.EqualTo(new[] { "live", "progress 1", "progress 2", "reconnecting", "live", "progress 3", "complete 4" }));
        Assert.That(asked, Is.EqualTo(new[] { "", "2" }));
    }

    [Test]
    public async Task Without_a_stream_the_events_are_asked_for_every_five_seconds_after_ever_longer_pauses()
    {
        var (streams, polls) = (0, new ConcurrentQueue<string>());
        App.Jobs.Answers["/invoicing/v2/jobs/42/stream"] = context =>
        {
            Interlocked.Increment(ref streams);
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        App.Jobs.Answers["/invoicing/v2/jobs/42/events"] = context =>
        {
            polls.Enqueue(context.Request.Query["after"].ToString());
            return context.Response.WriteAsJsonAsync(polls.Count switch
            {
                1 => new[] { Item("progress", 1), Item("progress", 2) },
                2 => [],
                _ => [Item("complete", 3)],
            });
        };

        var told = await FollowAsync(42);
        Assert.That(told.Heard.Where(h => !h.StartsWith("problem 503", StringComparison.Ordinal)), Is.EqualTo(new[] { "reconnecting", "polling", "progress 1", "progress 2", "complete 3" }));
        Assert.That((streams, string.Join(' ', polls)), Is.EqualTo((5, "0 2 2")));
        double[] longest = [1000, 2000, 4000, 8000, 16000];
        for (var i = 0; i < longest.Length; i++)
        {
            Assert.That(told.Pauses[i], Is.InRange(longest[i] / 2, longest[i]));
        }

        Assert.That(told.Pauses.Skip(longest.Length).Take(2), Is.EqualTo(new[] { 5000d, 5000d }));
    }

    [Test]
    public async Task A_refused_request_is_told_once_and_not_repeated()
    {
        var asked = 0;
        App.Jobs.Answers["/invoicing/v2/jobs/43/stream"] = context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };

        var told = await FollowAsync(43);
        Assert.That((string.Join(", ", told.Heard), asked), Is.EqualTo(("problem 404 final", 1)));
    }

    [Test]
    public async Task A_stream_that_falls_silent_is_opened_again()
    {
        var asked = 0;
        App.Jobs.Answers["/invoicing/v2/jobs/44/stream"] = async context =>
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                await StreamAsync(context, ["complete 2"]);
                return;
            }

            await WriteAsync(context, "progress 1");
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        var told = await FollowAsync(44, "silenceMs: 300");
        Assert.That(told.Heard.Where(h => !h.StartsWith("problem", StringComparison.Ordinal)), Is.EqualTo(new[] { "live", "progress 1", "reconnecting", "live", "complete 2" }));
    }

    /// <param name="Heard">States, events and problems in their order.</param>
    /// <param name="Pauses">Milliseconds the module wanted to wait, apart from its watch over silence.</param>
    private sealed record Told(string[] Heard, double[] Pauses);

    /// <summary>Follows the job to its end in a new page; pauses are noted, not waited for.</summary>
    private async Task<Told> FollowAsync(long job, string options = "")
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        // A page of the gateway's origin without scripts of its own, whose pauses would be counted too.
        await page.RouteAsync("**/empty.html", r => r.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html>" }));
        await page.GotoAsync($"{App.Local["gateway-2"].Url}/empty.html");
        var told = await page.EvaluateAsync<string>($$"""
            async () => {
              const { followJob } = await import('/static/job-stream.js');
              const heard = [], pauses = [], wait = window.setTimeout, silence = 45000, set = { {{options}} };
              window.setTimeout = (then, ms) => ms === (set.silenceMs ?? silence) ? wait(then, ms) : (pauses.push(ms), wait(then, 0));
              await new Promise(end => followJob({{job}}, { ...set,
                onState: state => heard.push(state),
                onProgress: job => heard.push(`progress ${job.at}`),
                onComplete: job => { heard.push(`complete ${job.at}`); end(); },
                onProblem: (error, final) => { if (error.status) heard.push(`problem ${error.status}${final ? ' final' : ''}`); if (final) wait(end, 100); },
              }));
              return JSON.stringify({ Heard: heard, Pauses: pauses });
            }
            """).WaitAsync(TimeSpan.FromSeconds(60));
        return JsonSerializer.Deserialize<Told>(told)!;
    }

    private static object Item(string name, int id) => new { id, @event = name, data = new { at = id } };

    private static async Task StreamAsync(HttpContext context, IEnumerable<string> events)
    {
        foreach (var e in events)
        {
            await WriteAsync(context, e);
        }
    }

    /// <summary>As the service writes it: each event a second time without a name.</summary>
    private static async Task WriteAsync(HttpContext context, string e)
    {
        var (name, id) = (e.Split(' ')[0], int.Parse(e.Split(' ')[1], CultureInfo.InvariantCulture));
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
        }

        await context.Response.WriteAsync($"id: {id}\nevent: {name}\ndata: {{\"at\":{id}}}\n\ndata: {{\"at\":{id}}}\n\n");
        await context.Response.Body.FlushAsync();
    }
}
