using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>Text that was typed, pasted or forwarded, cut to rows as a ticket would have them.</summary>
internal static partial class TypedRows
{
    private const int MaxRows = 1_000;

    /// <summary>A longer line is a ticket whose line breaks were lost on the way.</summary>
    private const int LongestRow = 100;

    /// <summary>Nobody prints rows of this length; rows are cut here so that hostile text costs no more than long text.</summary>
    private const int MaxRowLength = 500;

    public static List<TextRow> Of(string text) =>
        [.. text.Split('\n')
            .SelectMany(line => line.Length > LongestRow ? BeforeLabels().Split(line) : [line])
            .SelectMany(line => line.Chunk(MaxRowLength))
            .Select(part => new TextRow(new string(part).Trim(), 1))
            .Where(row => row.Text.Length > 0)
            .Take(MaxRows)];

    [GeneratedRegex(@"(?<=\s)(?=(?:SUB\s?TOTAL|TOTAL|IVA|I\.V\.A\.?|RFC|R\.F\.C\.?|FECHA|FOLIO|TICKET|CAJA|SUCURSAL|TIENDA|FORMA DE PAGO|EFECTIVO|CAMBIO|FACTUR[AE]\w*|WEB ID)\b)(?<!\b(?:SUB|DE|NO|NO\.|EN|DEL|A|LA|SU|TU|PARA)\s)", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeLabels();
}
