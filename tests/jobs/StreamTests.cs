using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Invoicing.Jobs.Tests;

public sealed class StreamTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task The_stream_tells_the_whole_story_once_and_ends()
    {
        var (_, job) = await app.SubmitAsync("acme");
        var reading = ReadAsync(job, null);
        await FinishAsync(job);
        var frames = await reading;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(frames[0].Retry, Is.True);
            Assert.That(Ids(frames), Is.EqualTo(Enumerable.Range(1, Ids(frames).Length)));
            Assert.That(Named(frames, "complete"), Has.Length.EqualTo(1));
            Assert.That(frames.Count(f => f.Event is null && f.Data is not null), Is.EqualTo(Ids(frames).Length), "each change also comes unnamed");
            Assert.That(frames.Any(f => f.Event is not null && JsonDocument.Parse(f.Data!).RootElement.TryGetProperty("step", out _)), Is.True);
            Assert.That(JsonDocument.Parse(frames[^1].Data!).RootElement.GetProperty("status").GetString(), Is.EqualTo("fallido"));
        }
    }

    [Test]
    public async Task A_reader_that_comes_back_misses_and_repeats_nothing()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await FinishAsync(job);
        var all = Ids(await ReadAsync(job, null));
        var rest = Ids(await ReadAsync(job, "2"));
        var query = Ids(await ReadAsync(job, null, "?last_event_id=2"));
        Assert.That(rest, Is.EqualTo(all.Skip(2)));
        Assert.That(query, Is.EqualTo(rest));
    }

    [Test]
    public async Task After_the_end_there_is_nothing_to_come_back_for()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await FinishAsync(job);
        var last = Ids(await ReadAsync(job, null))[^1];
        using var client = app.As("acme", Role.viewer);
        client.DefaultRequestHeaders.Add("Last-Event-ID", $"{last}");
        using var answer = await client.GetAsync($"/invoicing/v2/jobs/{job}/stream");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Polling_sees_the_same_events()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await FinishAsync(job);
        using var client = app.As("acme", Role.viewer);
        using var answer = await client.GetAsync($"/invoicing/v2/jobs/{job}/events?after=1");
        var items = await answer.Content.ReadFromJsonAsync<JsonElement[]>();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(5)));
            Assert.That(items!.Select(i => i.GetProperty("id").GetInt32()), Is.EqualTo(Ids(await ReadAsync(job, "1"))));
            Assert.That(items![^1].GetProperty("event").GetString(), Is.EqualTo("complete"));
        }
    }

    [Test]
    public async Task Another_tenants_job_is_not_there()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        using var client = app.As("other");
        foreach (var path in new[] { "", "/stream", "/events", "/steps", "/artifacts" })
        {
            using var answer = await client.GetAsync($"/invoicing/v2/jobs/{job}{path}");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    }

    private async Task FinishAsync(long job)
    {
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        await app.Worker.StepAsync(run, 1);
        await app.Worker.StepAsync(run, 2, "llenando_formulario", "fill");
        await app.WhenAsync(job, "llenando_formulario");
        await app.Worker.FinishAsync(run, Outcomes.FueraDePlazo);
        await app.WhenAsync(job, "fallido");
    }

    private async Task<Frame[]> ReadAsync(long job, string? last, string query = "")
    {
        using var client = app.As("acme", Role.viewer);
        if (last is not null)
        {
            client.DefaultRequestHeaders.Add("Last-Event-ID", last);
        }

        using var answer = await client.GetAsync($"/invoicing/v2/jobs/{job}/stream{query}", HttpCompletionOption.ResponseHeadersRead);
        var text = await answer.Content.ReadAsStringAsync();
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Frame.Parse)];
    }

    private static int[] Ids(Frame[] frames) => [.. frames.Where(f => f.Id is not null).Select(f => f.Id!.Value)];

    private static Frame[] Named(Frame[] frames, string name) => [.. frames.Where(f => f.Event == name)];

    private sealed record Frame(int? Id, string? Event, string? Data, bool Retry)
    {
        public static Frame Parse(string text)
        {
            var lines = text.Split('\n').Select(l => l.Split(": ", 2)).Where(l => l.Length == 2).ToDictionary(l => l[0], l => l[1]);
            return new Frame(lines.TryGetValue("id", out var id) ? int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) : null, lines.GetValueOrDefault("event"), lines.GetValueOrDefault("data"), lines.ContainsKey("retry"));
        }
    }
}
