using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Invoicing.LegacyImport;

/// <summary>The replaced system's SQLite file, opened for reading. Its tables grew over time: one that is missing is empty, a column that is missing is null.</summary>
public sealed class LegacyFile : IDisposable
{
    private readonly SqliteConnection connection;

    /// <exception cref="SqliteException">The file is not there or is no SQLite database.</exception>
    public LegacyFile(string path)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
    }

    /// <summary>Every row of a table, oldest first.</summary>
    public IEnumerable<LegacyRow> Rows(string table)
    {
        using var exists = new SqliteCommand("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $name", connection);
        exists.Parameters.AddWithValue("$name", table);
        if ((long)exists.ExecuteScalar()! == 0)
        {
            yield break;
        }

        using var all = new SqliteCommand($"SELECT * FROM \"{table}\" ORDER BY id", connection);
        using var reader = all.ExecuteReader();
        while (reader.Read())
        {
            yield return new LegacyRow(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.OrdinalIgnoreCase));
        }
    }

    public void Dispose() => connection.Dispose();
}

/// <summary>What a row says, checked while it is read: SQLite keeps anything in any column.</summary>
public sealed class LegacyRow(IReadOnlyDictionary<string, object?> values)
{
    public long Id => Number("id") ?? throw new LegacyException("id falta");

    public string? Text(string column) => Convert.ToString(values.GetValueOrDefault(column), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    /// <exception cref="LegacyException">It is missing.</exception>
    public string Needed(string column) => Text(column) ?? throw new LegacyException($"{column} falta");

    public long? Number(string column) => long.TryParse(Text(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Times without a zone are UTC, as the replaced system wrote them.</summary>
    /// <exception cref="LegacyException">It is missing or no time.</exception>
    public DateTimeOffset Time(string column) =>
        DateTimeOffset.TryParse(Needed(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : throw new LegacyException($"{column} no es una fecha: {Text(column)}");

    /// <summary>Null where there is none or it is no JSON object.</summary>
    public string? JsonObject(string column)
    {
        try
        {
            return Text(column) is { } text && JsonDocument.Parse(text).RootElement.ValueKind == JsonValueKind.Object ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Why a row is not taken, in Spanish, for the report.</summary>
public sealed class LegacyException(string message) : Exception(message);
