using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Invoicing.Cli;

/// <summary>Rows for people as a table, for programs as a JSON document a line with the API's own names.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static void Line<T>(T document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, Json));

    /// <summary>Table with a heading a column. Cells are plain text.</summary>
    public static void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in headings)
        {
            table.AddColumn(heading);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(IRenderable (cell) => new Text(cell ?? "")));
        }

        AnsiConsole.Write(table);
    }

    public static string Moment(DateTimeOffset? at) => at is { } moment ? $"{TimeZoneInfo.ConvertTimeBySystemTimeZoneId(moment, "America/Mexico_City"):dd/MM/yyyy HH:mm}" : "";

    public static string Cost(decimal? dollars) => dollars is { } amount ? $"{amount:0.0000} USD" : "";
}
