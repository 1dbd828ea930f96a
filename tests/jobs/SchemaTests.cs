using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Invoicing.Jobs.Tests;

public sealed class SchemaTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task The_operators_statements_run_as_written()
    {
        await app.ExecuteAsync("ALTER TABLE automation_jobs ADD COLUMN IF NOT EXISTS priority TEXT DEFAULT 'normal'");
        await app.ExecuteAsync("SELECT * FROM automation_batches WHERE batch_id='month_end_2024_09'");
        Assert.That(await app.QueryAsync<string>("SELECT data_type FROM information_schema.columns WHERE table_name = 'automation_jobs' AND column_name = 'priority'"), Is.EqualTo("text"));
    }

    [TestCase("estado", "volando")]
    [TestCase("priority", "altisima")]
    public async Task Words_outside_the_contract_are_refused_by_the_table(string column, string word)
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => app.ExecuteAsync($"UPDATE automation_jobs SET {column} = '{word}' WHERE id = {job}"));
        Assert.That(refused!.SqlState, Is.EqualTo(PostgresErrorCodes.CheckViolation));
    }

    [Test]
    public async Task Migrations_go_down_and_up_again_to_the_same_schema()
    {
        await using var source = NpgsqlDataSource.Create(await TestSupport.Servers.NewDatabaseAsync());
        await using var db = new JobsDb((DbContextOptions<JobsDb>)new DbContextOptionsBuilder<JobsDb>().UseServiceDatabase(source).Options);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync();
        var before = await ColumnsAsync(source);
        await migrator.MigrateAsync(db.Database.GetMigrations().First());
        var without = await ColumnsAsync(source);
        await migrator.MigrateAsync();
        var after = await ColumnsAsync(source);
        await migrator.MigrateAsync(Migration.InitialDatabase);
        var nothing = await ColumnsAsync(source);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(without, Does.Not.Contain("automation_jobs.priority text"));
            Assert.That(without.Any(c => c.StartsWith("automation_batches.", StringComparison.Ordinal)), Is.False);
            Assert.That(after, Is.EqualTo(before));
            Assert.That(nothing.Where(c => !c.StartsWith("schema_versions", StringComparison.Ordinal)), Is.Empty);
        }
    }

    private static async Task<List<string>> ColumnsAsync(NpgsqlDataSource source)
    {
        var columns = new List<string>();
        await using var command = source.CreateCommand(
            "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }
}
