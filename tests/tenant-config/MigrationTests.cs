using Invoicing.Tenants.Db;
using Invoicing.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.Tenants.Tests;

public sealed class MigrationTests
{
    [Test]
    public async Task The_schema_goes_up_down_and_up_again()
    {
        await using var source = NpgsqlDataSource.Create(await Servers.NewDatabaseAsync());
        var options = new DbContextOptionsBuilder<TenantsDb>();
        options.UseServiceDatabase(source);
        await using var db = new TenantsDb(options.Options);
        await db.Database.MigrateAsync();
        await db.Database.MigrateAsync("0");
        Assert.That(await CountAsync(source), Is.EqualTo(1), "only the table of versions stays");
        await db.Database.MigrateAsync();
        Assert.That(await db.Database.GetAppliedMigrationsAsync(), Is.EqualTo(db.Database.GetMigrations()).And.Some.EqualTo("010_enhance_automation"));
        Assert.That(await db.FeatureFlags.CountAsync(), Is.EqualTo(9));
        Assert.That(db.Database.HasPendingModelChanges(), Is.False);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
