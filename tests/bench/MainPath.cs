using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Invoicing.Bench;

/// <summary>
/// Typed tickets spread over the simulated portals, all at once; a simulated person answers captchas. Judged by the portals' own truth:
/// right outcome, wrong or duplicate emissions, lost tickets.
/// </summary>
internal static class MainPath
{
    private static readonly string[] Portals = ["simple", "oxxo-test", "litro-mil"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(40);

    private sealed record Sold(string Portal, string Id, decimal Total, string Text, long Job, long SubmittedAt)
    {
        public string Status { get; set; } = "";

        public double Seconds { get; set; }
    }

    public static async Task<int> RunAsync(int count)
    {
        using var gateway = new HttpClient { BaseAddress = LocalRun.Gateway };
        using var portals = new HttpClient { BaseAddress = LocalRun.PortalsControl };
        gateway.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalRun.KeyOf("company_enterprise"));
        var started = Stopwatch.GetTimestamp();
        var tickets = new List<Sold>();
        for (var i = 0; i < count; i++)
        {
            tickets.Add(await SubmitAsync(gateway, portals, Portals[i % Portals.Length]));
            await Task.Delay(500);
        }

        while (tickets.Any(t => t.Seconds == 0) && Stopwatch.GetElapsedTime(started) < Limit)
        {
            await AnswerCaptchasAsync(gateway, portals);
            await LookAsync(gateway, tickets);
            Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds,5:F0} s  {tickets.Count(t => t.Seconds > 0)} of {count} ended");
            await Task.Delay(5000);
        }

        return await ReportAsync(portals, tickets, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<Sold> SubmitAsync(HttpClient gateway, HttpClient portals, string portal)
    {
        using var sale = await portals.PostAsJsonAsync("/_control/tickets", new { portal });
        var sold = await sale.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["text_content"] = sold.GetProperty("text").GetString()!, ["company_id"] = "company_enterprise" });
        using var answer = await gateway.PostAsync(new Uri("/invoicing/tickets", UriKind.Relative), form);
        var ticket = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return new Sold(portal, sold.GetProperty("id").GetString()!, sold.GetProperty("total").GetDecimal(), "", ticket.GetProperty("job_id").GetInt64(), Stopwatch.GetTimestamp());
    }

    private static async Task LookAsync(HttpClient gateway, List<Sold> tickets)
    {
        var jobs = await gateway.GetFromJsonAsync<JsonElement>("/invoicing/v2/jobs?company_id=company_enterprise&limit=200");
        foreach (var job in jobs.EnumerateArray())
        {
            if (tickets.FirstOrDefault(t => t.Job == job.GetProperty("id").GetInt64() && t.Seconds == 0) is { } ticket)
            {
                ticket.Status = $"{job.GetProperty("status").GetString()} {job.GetProperty("outcome").GetString()}: {job.GetProperty("outcome_detail").GetString()}";
                if (job.GetProperty("status").GetString() is "completado" or "fallido" or "timeout" or "cancelado")
                {
                    ticket.Seconds = Stopwatch.GetElapsedTime(ticket.SubmittedAt).TotalSeconds;
                }
            }
        }
    }

    private static async Task AnswerCaptchasAsync(HttpClient gateway, HttpClient portals)
    {
        var open = await gateway.GetFromJsonAsync<JsonElement>("/invoicing/v2/interventions?status=open&company_id=company_enterprise&limit=200");
        foreach (var asked in open.EnumerateArray().Where(i => i.GetProperty("kind").GetString() == "captcha"))
        {
            var picture = await gateway.GetByteArrayAsync(asked.GetProperty("image_url").GetString());
            using var seen = new ByteArrayContent(picture);
            using var truth = await portals.PostAsync(new Uri("/_truth/captcha", UriKind.Relative), seen);
            if (!truth.IsSuccessStatusCode)
            {
                Console.WriteLine($"the picture of intervention {asked.GetProperty("id").GetString()} is not one the portal drew");
                continue;
            }

            var value = (await truth.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("answer").GetString();
            using var answer = await gateway.PostAsJsonAsync($"/invoicing/v2/interventions/{asked.GetProperty("id").GetString()}", new { action = "answer", value });
        }
    }

    private static async Task<int> ReportAsync(HttpClient portals, List<Sold> tickets, TimeSpan elapsed)
    {
        var emissions = (await portals.GetFromJsonAsync<JsonElement>("/_truth/emissions")).EnumerateArray().ToLookup(e => e.GetProperty("ticket_id").GetString());
        var right = tickets.Where(t => t.Status.StartsWith("completado", StringComparison.Ordinal) && emissions[t.Id].Count() == 1).ToList();
        var duplicates = tickets.Sum(t => Math.Max(0, emissions[t.Id].Count() - 1));
        var lost = tickets.Count(t => t.Seconds == 0);
        foreach (var ticket in tickets.Except(right))
        {
            Console.WriteLine($"not right: {ticket.Portal} job {ticket.Job}, {emissions[ticket.Id].Count()} emissions, {(ticket.Seconds == 0 ? "still open, " : "")}{ticket.Status}");
        }

        Console.WriteLine($"{"portal",-12}{"tickets",8}{"right",8}{"median s",10}{"p95 s",8}");
        foreach (var portal in Portals)
        {
            var seconds = tickets.Where(t => t.Portal == portal && t.Seconds > 0).Select(t => t.Seconds).DefaultIfEmpty(double.NaN).ToList();
            Console.WriteLine($"{portal,-12}{tickets.Count(t => t.Portal == portal),8}{right.Count(t => t.Portal == portal),8}{seconds.Median(),10:F1}{seconds.Quantile(0.95),8:F1}");
        }

        Console.WriteLine($"right {right.Count} of {tickets.Count}, duplicate emissions {duplicates}, not ended {lost}, {elapsed.TotalSeconds:F0} s in all, {tickets.Count / elapsed.TotalMinutes:F1} tickets a minute");
        return right.Count >= tickets.Count * 0.99 && duplicates == 0 && lost == 0 ? 0 : 1;
    }
}
