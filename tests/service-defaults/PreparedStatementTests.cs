using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.ServiceDefaults.Tests;

/// <summary>Sessions keep prepared statements while migrations change tables under them.</summary>
public sealed class PreparedStatementTests
{
    [Test]
    public async Task A_column_added_by_a_newer_version_costs_a_session_one_statement_at_most()
    {
        await using var source = TenantWall.Source(await Servers.NewDatabaseAsync());
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(connection, "CREATE TABLE sample (id integer)");
        for (var i = 0; i < 10; i++)
        {
            await ExecuteAsync(connection, "SELECT * FROM sample");
        }

        await using (var other = await source.OpenConnectionAsync())
        {
            await ExecuteAsync(other, "ALTER TABLE sample ADD COLUMN later text");
        }

        try
        {
            await ExecuteAsync(connection, "SELECT * FROM sample");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.FeatureNotSupported)
        {
            // "cached plan must not change result type"
        }

        Assert.That(async () => await ExecuteAsync(connection, "SELECT * FROM sample"), Throws.Nothing);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
        }
    }
}
