using Invoicing.Billing.Db;
using Invoicing.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.Billing.Tests;

public sealed class MigrationTests
{
    [Test]
    public async Task The_schema_goes_up_down_and_up_again()
    {
        await using var source = NpgsqlDataSource.Create(await Servers.NewDatabaseAsync());
        var options = new DbContextOptionsBuilder<BillingDb>();
        options.UseServiceDatabase(source);
        await using var db = new BillingDb(options.Options);
        await db.Database.MigrateAsync();
        await db.Database.MigrateAsync("0");
        db.MigrateTo("010_enhance_automation");
        await db.Database.ExecuteSqlAsync($"INSERT INTO usage_ledger (company_id, event_id, job_id, ticket_id, date, closed_at, successful, outcome, processing_time_ms, cost_browser, cost_captcha, cost_model, cost_ocr, cost_storage, browser_seconds, captchas_by_service, captchas_solved, model_input_tokens, model_output_tokens, ocr_seconds, stored_bytes) VALUES ('acme', 'job:1:9', 1, 2, '2024-09-15', now(), true, 'entregada', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)");
        await db.Database.MigrateAsync();
        Assert.That((await db.Usage.SingleAsync()).BilledMonth, Is.EqualTo(new DateOnly(2024, 9, 1)), "what was counted before is billed in its own month");
        Assert.That(db.MigrateTo("010_enhance_automation"), Does.EndWith(" -> 010_enhance_automation"));
        await db.Database.MigrateAsync();
        Assert.That(await db.Database.GetAppliedMigrationsAsync(), Is.EqualTo(db.Database.GetMigrations()).And.Some.EqualTo("010_enhance_automation"));
        Assert.That(await db.Prices.CountAsync(), Is.EqualTo(9));
        Assert.That(db.Database.HasPendingModelChanges(), Is.False);
    }
}
