using System.Diagnostics;
using Invoicing.Jobs.Db;
using Invoicing.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.Jobs.Tests;

/// <summary>The schema goes forward and back with data in it; what dies half-way leaves the old one.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MigrationTests
{
    private string connection = "";
    private NpgsqlDataSource source = null!;

    [SetUp]
    public async Task Create()
    {
        connection = await Servers.NewDatabaseAsync();
        source = NpgsqlDataSource.Create(connection);
    }

    [TearDown]
    public async Task Stop() => await source.DisposeAsync();

    [TestCase("009_automation_engine")]
    [TestCase("010_enhance_automation")]
    [TestCase("012_batches_webhooks_dead_letters")]
    [TestCase(SchemaMigration.Nothing)]
    public async Task A_way_down_and_up_again_leaves_the_same_schema(string name)
    {
        await using var db = Context();
        await db.Database.MigrateAsync();
        await FillAsync(db);
        var before = Schema();
        db.MigrateTo(name);
        var down = Schema();
        await db.Database.MigrateAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(down, Is.Not.EqualTo(before));
            Assert.That(Schema(), Is.EqualTo(before));
            Assert.That(await CountAsync("SELECT count(*) FROM automation_jobs"), Is.EqualTo(name == SchemaMigration.Nothing ? 0 : 1), "rows stay as long as their table does");
        }
    }

    [Test]
    public async Task A_name_that_a_database_does_not_know_changes_nothing()
    {
        await using var db = Context();
        await db.Database.MigrateAsync();
        var before = Schema();
        Assert.That(db.MigrateTo("099_never"), Does.Contain("left alone"));
        Assert.That(Schema(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_migration_killed_half_way_leaves_the_old_schema()
    {
        await using var db = Context();
        db.MigrateTo("011_trace_parent");
        var before = Schema();
        // The next one has changed automation_jobs when it comes to this table and waits.
        await using var holder = await source.OpenConnectionAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await using (var locked = new NpgsqlCommand("LOCK TABLE automation_batches IN ACCESS EXCLUSIVE MODE", holder, hold))
        {
            await locked.ExecuteNonQueryAsync();
        }

        using var migration = Run("--Migrations:To=012_batches_webhooks_dead_letters");
        await Eventually.TrueAsync(async () => await CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 1, "the migration in the middle");
        migration.Kill();
        await migration.WaitForExitAsync();
        await hold.RollbackAsync();
        await Eventually.TrueAsync(async () => await CountAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%ALTER TABLE%' AND pid <> pg_backend_pid()") == 0, "its session gone");
        Assert.That(Schema(), Is.EqualTo(before));

        using var again = Run("--Migrations:To=012_batches_webhooks_dead_letters");
        await again.WaitForExitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.ExitCode, Is.Zero);
            Assert.That(await CountAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 'dead_letters'"), Is.EqualTo(1));
        }
    }

    private JobsDb Context() => new((DbContextOptions<JobsDb>)new DbContextOptionsBuilder<JobsDb>().UseServiceDatabase(source).Options);

    private static async Task FillAsync(JobsDb db)
    {
        var now = TimeProvider.System.GetUtcNow();
        var batch = new Batch { BatchId = "b", CompanyId = "acme", MaxConcurrent = 3, CreatedAt = now };
        db.AddRange(batch, new TicketReference { Id = 1, CompanyId = "acme", CreatedAt = now });
        await db.SaveChangesAsync();
        db.Add(AutomationJob.Open(new JobOrder(2, 1, "acme") { Batch = batch, BatchIndex = 0 }, now));
        await db.SaveChangesAsync();
    }

    /// <summary>pg_dump's own words, without the tokens it draws anew each time and without the list of versions.</summary>
    private string Schema()
    {
        var server = new NpgsqlConnectionStringBuilder(connection);
        var dump = Directory.Exists("/usr/lib/postgresql") ? Directory.GetFiles("/usr/lib/postgresql", "pg_dump", SearchOption.AllDirectories).Order().LastOrDefault() : null;
        Assert.That(dump, Is.Not.Null, "pg_dump is missing; it comes with the server that ./dev installs");
        var start = new ProcessStartInfo(dump!, ["--schema-only", "--no-owner", "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, server.Database!])
        {
            RedirectStandardOutput = true, Environment = { ["PGPASSWORD"] = server.Password ?? "" },
        };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return string.Join('\n', text.Split('\n').Where(l => !l.StartsWith('\\')));
    }

    private Process Run(string argument) => Process.Start(new ProcessStartInfo("dotnet", [typeof(AutomationJob).Assembly.Location, argument])
    {
        WorkingDirectory = Path.GetDirectoryName(typeof(AutomationJob).Assembly.Location), RedirectStandardOutput = true, RedirectStandardError = true,
        Environment = { ["ConnectionStrings__jobs"] = connection + ";Pooling=false" },
    })!;

    private async Task<long> CountAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
