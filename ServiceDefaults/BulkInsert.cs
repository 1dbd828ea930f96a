using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Invoicing;

/// <summary>Many new rows of one table in one COPY instead of an INSERT each.</summary>
public static class BulkInsert
{
    private sealed record Column(IProperty Property, string Name, string Type);

    /// <summary>
    /// Writes the rows inside the current transaction, past the change tracker: they are not tracked, and what is not unique fails all of them
    /// with a <see cref="PostgresException"/>. Identity columns are drawn by the database and not read back.
    /// </summary>
    public static async Task CopyAsync<T>(this DbContext db, IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var entity = db.Model.FindEntityType(typeof(T))!;
        var columns = ColumnsOf(entity);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var (table, names) = (entity.GetTableName()!, string.Join(", ", columns.Select(c => $"\"{c.Name}\"")));
        if (!TenantWall.Stands)
        {
            await CopyRowsAsync(connection, table, names, columns, rows, ct);
            return;
        }

        // PostgreSQL refuses COPY where policies count: a tenant's rows go over a table of the session, and through the wall.
        await DoAsync(connection, $"CREATE TEMP TABLE copied_{table} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA", ct);
        await CopyRowsAsync(connection, $"copied_{table}", names, columns, rows, ct);
        await DoAsync(connection, $"INSERT INTO {table} ({names}) SELECT {names} FROM copied_{table}; DROP TABLE copied_{table}", ct);
    }

    private static async Task CopyRowsAsync<T>(NpgsqlConnection connection, string table, string names, IReadOnlyList<Column> columns, IReadOnlyCollection<T> rows, CancellationToken ct)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT binary)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var column in columns)
            {
                await WriteAsync(writer, column, column.Property.PropertyInfo!.GetValue(row), ct);
            }
        }

        await writer.CompleteAsync(ct);
    }

    /// <summary>What was added to the context leaves it in one COPY inside the current transaction, before the save of the rest.</summary>
    /// <inheritdoc cref="CopyAsync"/>
    public static async Task CopyAddedAsync<T>(this DbContext db, CancellationToken ct) where T : class
    {
        var added = db.ChangeTracker.Entries<T>().Where(e => e.State == EntityState.Added).ToList();
        await db.CopyAsync([.. added.Select(e => e.Entity)], ct);
        added.ForEach(e => e.State = EntityState.Detached);
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter writer, Column column, object? value, CancellationToken ct)
    {
        var stored = value is not null && column.Property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
        if (stored is null)
        {
            await writer.WriteNullAsync(ct);
        }
        else
        {
            await writer.WriteAsync(stored, column.Type, ct);
        }
    }

    private static List<Column> ColumnsOf(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        return
        [
            .. entity.GetProperties()
                .Where(p => p.GetValueGenerationStrategy(table) is not (NpgsqlValueGenerationStrategy.IdentityByDefaultColumn or NpgsqlValueGenerationStrategy.IdentityAlwaysColumn))
                .Select(p => new Column(p, p.GetColumnName(table)!, p.GetRelationalTypeMapping().StoreTypeNameBase)),
        ];
    }
}
