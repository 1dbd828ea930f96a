using Npgsql;

namespace Invoicing.Contract.Tests;

/// <summary>The wall behind the queries' filters: raw SQL without any filter, in a session as a tenant's request has it.</summary>
public sealed class TenantWallTests
{
    /// <summary>Read by every writer of any tenant, because each entry follows the last one.</summary>
    private static readonly string[] Unwalled = ["audit_log"];

    /// <summary>What the trigger of tables that only grow says, whoever asks.</summary>
    private const string Appended = PostgresErrorCodes.RaiseException;

    [OneTimeSetUp]
    public async Task Both_have_something()
    {
        foreach (var admin in (Api[])[App.Admin, App.OtherAdmin])
        {
            var ticket = (await admin.PostFormAsync("/invoicing/tickets", ("text_content", "Folio A1 total $10.00"))).Is(200);
            (await admin.PostAsync("/invoicing/v2/jobs", new { ticket_id = (long)ticket["id"]! })).Is(200);
        }

        await using var billing = NpgsqlDataSource.Create(App.Local.Databases["billing"]);
        await using var used = billing.CreateCommand($"INSERT INTO automation_metrics (company_id, date) VALUES ('{App.Company}', '2020-01-01'), ('{App.Other}', '2020-01-01')");
        await used.ExecuteNonQueryAsync();
    }

    [TestCase("tickets")]
    [TestCase("jobs")]
    [TestCase("tenants")]
    [TestCase("billing")]
    public async Task Without_any_filter_a_tenant_sees_and_changes_its_own_rows_alone(string database)
    {
        await using var source = NpgsqlDataSource.Create(App.Local.Databases[database]);
        await using var connection = await source.OpenConnectionAsync();
        var tables = await ReadAsync(connection, "SELECT table_name FROM information_schema.columns WHERE column_name = 'company_id' AND table_schema = 'public' ORDER BY 1");
        var foreign = 0L;
        using var everything = Assert.EnterMultipleScope();
        foreach (var table in tables.Except(Unwalled))
        {
            var others = $"FROM {table} WHERE company_id <> '{App.Company}' AND company_id <> '*'";
            foreign += await CountAsync(connection, $"SELECT count(*) {others}");
            await using var transaction = await connection.BeginTransactionAsync();
            await CountAsync(connection, $"SELECT count(*) FROM (SELECT set_config('role', '{TenantWall.Role}', true), set_config('invoicing.company_id', '{App.Company}', true)) s");
            Assert.That(await CountAsync(connection, $"SELECT count(*) {others}"), Is.Zero, $"{table}: seen");
            Assert.That(await DoAsync(connection, $"UPDATE {table} SET company_id = '{App.Company}' WHERE company_id <> '{App.Company}'"), Is.Zero, $"{table}: changed");
            Assert.That(await DoAsync(connection, $"DELETE {others}"), Is.Zero, $"{table}: deleted");
            if (await CountAsync(connection, $"SELECT count(*) FROM {table} WHERE company_id = '{App.Company}'") > 0)
            {
                Assert.That(() => DoAsync(connection, $"UPDATE {table} SET company_id = '{App.Other}'"), Throws.TypeOf<PostgresException>().With.Property("SqlState").AnyOf(PostgresErrorCodes.InsufficientPrivilege, Appended), $"{table}: given away");
            }

            await transaction.RollbackAsync();
        }

        Assert.That(foreign, Is.Positive, "there was something to hide");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<int> DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }
}
