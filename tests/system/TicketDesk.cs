using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.SystemTests;

/// <summary>What a client of the system does, and what the portals know to be true.</summary>
public sealed class TicketDesk(LocalSystem system)
{
    public async Task<JsonElement> SellAsync(string portal)
    {
        using var answer = await system.Portals.PostAsJsonAsync("/_control/tickets", new { portal });
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task FaultAsync(string portal, string kind, JsonElement sold)
    {
        using var answer = await system.Portals.PostAsJsonAsync("/_control/faults", new { portal, kind, ticket = sold.GetProperty("id").GetString(), times = kind.StartsWith("slow", StringComparison.Ordinal) ? 3 : 1 });
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<long> SubmitImageAsync(byte[] image)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(image);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(file, "file", "ticket.jpg");
        using var answer = await system.Gateway.PostAsync(new Uri("/invoicing/tickets", UriKind.Relative), form);
        return await JobIdAsync(answer);
    }

    public async Task<long> SubmitTextAsync(JsonElement sold)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["text_content"] = sold.GetProperty("text").GetString()! });
        using var answer = await system.Gateway.PostAsync(new Uri("/invoicing/tickets", UriKind.Relative), form);
        return await JobIdAsync(answer);
    }

    private static async Task<long> JobIdAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("job_id").GetInt64();
    }

    /// <summary>The job as clients see it. On a machine that just started, the ticket's message may reach jobs seconds after its answer.</summary>
    public async Task<JsonElement> JobAsync(long job)
    {
        var seen = default(JsonElement);
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await system.Gateway.GetAsync(new Uri($"/invoicing/v2/jobs/{job}", UriKind.Relative));
            seen = answer.StatusCode == System.Net.HttpStatusCode.NotFound ? default : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            return seen.ValueKind == JsonValueKind.Object;
        }, $"job {job}", seconds: 30);
        return seen;
    }

    public async Task<JsonElement> StatusAsync(long job, params IReadOnlyList<string> wanted)
    {
        var seen = default(JsonElement);
        try
        {
            await Eventually.TrueAsync(async () => wanted.Contains((seen = await JobAsync(job)).GetProperty("status").GetString()), string.Join(" or ", wanted), seconds: 120);
        }
        catch (TimeoutException e)
        {
            Assert.Fail($"{e.Message}; job: {seen}\n{system.LastWords("browser-automation", "jobs")}");
        }

        return seen;
    }

    public async Task<JsonElement> CompletedAsync(long job, int seconds = 120)
    {
        var seen = default(JsonElement);
        try
        {
            await Eventually.TrueAsync(async () => IsOver(seen = await JobAsync(job)), "the end of the job", seconds);
        }
        catch (TimeoutException)
        {
            // Told below with everything known.
        }

        Assert.That(seen.GetProperty("status").GetString(), Is.EqualTo("completado"), $"{seen}\n{system.LastWords("browser-automation", "jobs", "tickets")}");
        var id = seen.GetProperty("ticket_id").GetInt64();
        var ticket = default(JsonElement);
        await Eventually.TrueAsync(
            async () => (ticket = await system.Gateway.GetFromJsonAsync<JsonElement>($"/invoicing/v2/tickets/{id}")).GetProperty("estado").GetString() == "completado", "the ticket's estado");
        return ticket;
    }

    private static bool IsOver(JsonElement job) => job.GetProperty("status").GetString() is "completado" or "fallido" or "timeout" or "cancelado" or "requiere_intervencion";

    public async Task AnswerCaptchasUntilClosedAsync(long job)
    {
        await Eventually.TrueAsync(async () =>
        {
            var status = (await JobAsync(job)).GetProperty("status").GetString();
            if (status == "requiere_intervencion")
            {
                await AnswerOpenAsync(job);
            }

            return status is "completado" or "fallido" or "timeout";
        }, "the answered captcha", seconds: 150);
    }

    private async Task AnswerOpenAsync(long job)
    {
        var open = await system.Gateway.GetFromJsonAsync<JsonElement>("/invoicing/v2/interventions?status=open");
        foreach (var asked in open.EnumerateArray().Where(i => i.GetProperty("job_id").GetInt64() == job && i.GetProperty("kind").GetString() == "captcha"))
        {
            var picture = await system.Gateway.GetByteArrayAsync(asked.GetProperty("image_url").GetString());
            using var seen = new ByteArrayContent(picture);
            using var told = await system.Portals.PostAsync(new Uri("/_truth/captcha", UriKind.Relative), seen);
            var truth = await told.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            var answer = JsonSerializer.Serialize(new { action = "answer", value = truth.GetProperty("answer").GetString() });
            using var body = new StringContent(answer, Encoding.UTF8, "application/json");
            using var _ = await system.Gateway.PostAsync(new Uri($"/invoicing/v2/interventions/{asked.GetProperty("id").GetString()}", UriKind.Relative), body);
        }
    }

    public async Task<IReadOnlyList<JsonElement>> EmissionsAsync(JsonElement sold) =>
        [.. (await system.Portals.GetFromJsonAsync<JsonElement>($"/_truth/emissions?ticket={sold.GetProperty("id").GetString()}")).EnumerateArray()];
}
