using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Bench;

/// <summary>
/// Two versions of every service at once, each calling and hearing both, on one database and one broker, under load through both gateways. The older one
/// makes the schema, the newer one widens it. Counted: answers that are no success, tickets that never came to an end, tickets invoiced twice.
/// </summary>
internal static class UpgradeRehearsal
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static async Task<int> RunAsync(string older, int seconds)
    {
        await using var system = await LocalSystem.StartAsync(new SystemPlan
        {
            Older = older, Services = [.. SystemPlan.Everything.Select(s => s + "@older"), .. SystemPlan.Everything],
        });
        Console.WriteLine("both versions are healthy");
        var gateways = new[] { "gateway", "gateway@older" }.Select(g => new HttpClient { BaseAddress = new Uri(system[g].Url), Timeout = TimeSpan.FromSeconds(30) }).ToList();
        var (answers, errors, tickets) = (new ConcurrentDictionary<string, int>(), new ConcurrentBag<string>(), new ConcurrentBag<(string Sold, long Job)>());
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var reads = gateways.Select(g => ReadAsync(g, answers, errors, over.Token)).ToList();
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            await SubmitAsync(system, gateways[i % 2], tickets, answers, errors);
            await Task.Delay(Between, over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await Task.WhenAll(reads);
        var (ended, twice) = await EndsAsync(system, tickets);
        foreach (var (kind, count) in answers.OrderBy(a => a.Key))
        {
            Console.WriteLine($"{kind,-40} {count}");
        }

        Console.WriteLine($"tickets {tickets.Count}, ended {ended.Values.Sum()} ({string.Join(", ", ended.Select(e => $"{e.Key} {e.Value}"))}), lost {tickets.Count - ended.Values.Sum()}, invoiced twice {twice}, errors {errors.Count}");
        await SizesAsync(system, tickets.Count);
        errors.Distinct().Take(10).ToList().ForEach(Console.WriteLine);
        return errors.IsEmpty && twice == 0 && ended.Values.Sum() == tickets.Count ? 0 : 1;
    }

    /// <summary>What a ticket leaves behind: rows, pages of the database and files.</summary>
    private static async Task SizesAsync(LocalSystem system, int tickets)
    {
        var files = Directory.GetFiles(system.Artefacts, "*", SearchOption.AllDirectories);
        Console.WriteLine($"files of a ticket {files.Length / (double)tickets:F1}, {files.Sum(f => new FileInfo(f).Length) / 1024.0 / tickets:F0} kB");
        foreach (var (name, connection) in system.Databases)
        {
            await using var database = new Npgsql.NpgsqlConnection(connection);
            await database.OpenAsync();
            await using var written = new Npgsql.NpgsqlCommand("SELECT sum(n_tup_ins), sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables", database);
            await using var row = await written.ExecuteReaderAsync();
            await row.ReadAsync();
            Console.WriteLine($"{name}: rows inserted a ticket {row.GetDecimal(0) / tickets:F0}, written in all {row.GetDecimal(1) / tickets:F0}");
        }
    }

    private static async Task ReadAsync(HttpClient gateway, ConcurrentDictionary<string, int> answers, ConcurrentBag<string> errors, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            foreach (var path in (string[])["/invoicing/tickets?limit=5", "/invoicing/v2/jobs?limit=5", "/invoicing/v2/tenants/default", "/invoicing/v2/billing/usage"])
            {
                await CountAsync($"GET {path}", () => gateway.GetAsync(new Uri(path, UriKind.Relative)), answers, errors);
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static async Task SubmitAsync(LocalSystem system, HttpClient gateway, ConcurrentBag<(string, long)> tickets, ConcurrentDictionary<string, int> answers, ConcurrentBag<string> errors)
    {
        using var sale = await system.Portals.PostAsJsonAsync("/_control/tickets", new { portal = "simple" });
        var sold = await sale.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["text_content"] = sold.GetProperty("text").GetString()! });
        if (await CountAsync("POST /invoicing/tickets", () => gateway.PostAsync(new Uri("/invoicing/tickets", UriKind.Relative), form), answers, errors) is { } ticket)
        {
            tickets.Add((sold.GetProperty("id").GetString()!, ticket.GetProperty("job_id").GetInt64()));
        }
    }

    private static async Task<JsonElement?> CountAsync(string what, Func<Task<HttpResponseMessage>> ask, ConcurrentDictionary<string, int> answers, ConcurrentBag<string> errors)
    {
        try
        {
            using var answer = await ask();
            answers.AddOrUpdate($"{what} {(int)answer.StatusCode}", 1, (_, n) => n + 1);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
            {
                return JsonDocument.Parse(text).RootElement;
            }

            errors.Add($"{what}: {(int)answer.StatusCode} {text}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            errors.Add($"{what}: {e.Message}");
        }

        return null;
    }

    private static async Task<(Dictionary<string, int> Ended, int Twice)> EndsAsync(LocalSystem system, IReadOnlyCollection<(string Sold, long Job)> tickets)
    {
        var (ended, twice, began) = (new Dictionary<string, int>(), 0, TimeProvider.System.GetTimestamp());
        foreach (var (sold, job) in tickets)
        {
            var status = "";
            while (status is not ("completado" or "fallido" or "timeout" or "cancelado" or "requiere_intervencion") && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(300);
                using var answer = await system.Gateway.GetAsync(new Uri($"/invoicing/v2/jobs/{job}", UriKind.Relative));
                status = answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString() : "";
            }

            if (status is "completado" or "fallido" or "timeout" or "cancelado" or "requiere_intervencion")
            {
                ended[status] = ended.GetValueOrDefault(status) + 1;
            }

            var emissions = await system.Portals.GetFromJsonAsync<JsonElement>($"/_truth/emissions?ticket={sold}");
            twice += emissions.GetArrayLength() > 1 ? 1 : 0;
        }

        return (ended, twice);
    }
}
