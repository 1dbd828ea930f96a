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
        await db.Database.MigrateAsync();
        Assert.That(await db.Database.GetAppliedMigrationsAsync(), Is.EqualTo(db.Database.GetMigrations()).And.Some.EqualTo("010_enhance_automation"));
        Assert.That(await db.Prices.CountAsync(), Is.EqualTo(8));
        Assert.That(db.Database.HasPendingModelChanges(), Is.False);
    }
}
