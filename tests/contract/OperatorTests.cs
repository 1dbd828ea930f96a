using System.Diagnostics;
using System.Globalization;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.Contract.Tests;

/// <summary>What operators write in SQL runs as they wrote it and counts in the running system, as does what admins change by the API.</summary>
public sealed class OperatorTests
{
    private static readonly (string Database, string Sql)[] Statements =
    [
        ("tenants", "UPDATE feature_flags SET enabled=0 WHERE company_id='cliente_dificil' AND feature_name='captcha_solving';"),
        ("tenants", """INSERT INTO feature_flags VALUES ('company_a','claude_analysis',1,'{"model": "claude-3-5-sonnet"}'), ('company_b','claude_analysis',1,'{"model": "claude-3-haiku"}');"""),
        ("tenants", "SELECT * FROM feature_flags WHERE company_id='pilot_client';"),
        ("billing", "SELECT SUM(total_cost) FROM automation_metrics WHERE company_id='cliente_x' AND date BETWEEN '2024-09-01' AND '2024-09-30';"),
        ("jobs", "SELECT * FROM automation_batches WHERE batch_id='month_end_2024_09';"),
        ("jobs", "ALTER TABLE automation_jobs ADD COLUMN IF NOT EXISTS priority TEXT DEFAULT 'normal';"),
        ("jobs", "ALTER TABLE automation_jobs ADD COLUMN IF NOT EXISTS priority TEXT DEFAULT 'normal';"),
    ];

    [Test]
    public async Task Every_statement_of_the_operators_runs_as_they_wrote_it()
    {
        (await App.Platform.PutAsync("/invoicing/v2/tenants/cliente_dificil/features/captcha_solving", new { enabled = true })).Is(200);
        var ticket = (await App.Admin.NewTicketAsync(more: new { auto_process = false })).Ticket;
        (await App.Admin.PostAsync("/invoicing/v2/bulk", new { ticket_ids = new[] { ticket }, batch_id = "month_end_2024_09" })).Is(200);
        await SqlAsync("billing", "INSERT INTO automation_metrics (company_id, date, total_cost) VALUES ('cliente_x', '2024-09-15', 1.25), ('cliente_x', '2024-10-01', 9)");
        var found = new List<IReadOnlyDictionary<string, object>>();
        foreach (var (database, sql) in Statements)
        {
            found.AddRange(await SqlAsync(database, sql));
        }

        Assert.That(found.Single(r => r.ContainsKey("sum"))["sum"], Is.EqualTo(1.25m));
        Assert.That(found.Single(r => r.ContainsKey("batch_id")).Keys, Is.SupersetOf(new[] { "total_jobs", "completed_jobs", "failed_jobs" }));
        Assert.That((bool?)(await App.Platform.GetAsync("/invoicing/v2/tenants/cliente_dificil/features/captcha_solving")).Is(200)["enabled"], Is.False);
        Assert.That((string?)(await App.Platform.GetAsync("/invoicing/v2/tenants/company_b/features/claude_analysis")).Is(200)["config"]!["model"], Is.EqualTo("claude-3-haiku"));
    }

    /// <summary>The gateway tells the mode in a header, tickets and jobs refuse what v1 has not.</summary>
    [Test]
    public async Task A_flag_counts_in_every_service_without_a_restart_whoever_changed_it()
    {
        var (company, admin) = await App.NewTenantAsync();
        var ticket = (await admin.NewTicketAsync(more: new { auto_process = false })).Ticket;
        Task<bool> OffAsync() => IsAsync(admin, ticket, "legacy", 403);
        Task<bool> OnAsync() => IsAsync(admin, ticket, "enhanced", 200);
        Assert.That(await OnAsync(), Is.True);
        (await admin.PutAsync($"/invoicing/v2/tenants/{company}/features/enhanced_automation", new { enabled = false })).Is(200);
        await TimedAsync("by the API", OffAsync);
        await SqlAsync("tenants", $"UPDATE feature_flags SET enabled=1 WHERE company_id='{company}' AND feature_name='enhanced_automation';");
        await TimedAsync("by SQL", OnAsync);
    }

    private static async Task TimedAsync(string how, Func<Task<bool>> counts)
    {
        var started = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(counts, $"a flag changed {how}", 30);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{how}: everywhere after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    private static async Task<bool> IsAsync(Api admin, long ticket, string mode, int status) =>
        (await admin.GetAsync("/invoicing/v2/jobs?limit=1")).Header("X-Automation-Mode") == mode
        && (await admin.PostAsync("/invoicing/v2/tickets", new { raw_data = "x", tipo = "texto", auto_process = false })).Status == status
        && (await admin.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket })).Status == status;

    private static async Task<List<IReadOnlyDictionary<string, object>>> SqlAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(App.Local.Databases[database]);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<IReadOnlyDictionary<string, object>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue));
        }

        return rows;
    }
}
