using System.Text.Json;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// What a reader's own confidence was worth when measured (Knowledge/confidence.json): of the fields it calls .9 sure, nine of ten shall be
/// right. Typed text needs none of this.
/// </summary>
public static class Calibration
{
    private static readonly Dictionary<string, (double Said, double Right)[]> Tables = Load();

    /// <summary>The kind of value that a table exists for.</summary>
    public static string KindOf(string field, ReadField read) => field switch
    {
        FieldNames.Total or FieldNames.Fecha or FieldNames.Hora or FieldNames.RfcEmisor => field,
        FieldNames.Subtotal or FieldNames.Iva => "amount",
        FieldNames.Merchant or FieldNames.UrlFacturacion or FieldNames.FormaPago or FieldNames.FormaPagoTexto or FieldNames.SucursalNombre => "text",
        _ when read.Value.All(c => char.IsAsciiDigit(c) || c is '-') => "number",
        _ when read.Alternatives.Count > 0 => "look_alikes",
        _ => "code",
    };

    public static ReadField Of(string field, ReadField read) =>
        Tables.TryGetValue(KindOf(field, read), out var table) ? read with { Confidence = Math.Round(Between(table, read.Confidence), 3) } : read;

    private static double Between((double Said, double Right)[] table, double said)
    {
        var above = Array.FindIndex(table, point => point.Said >= said);
        if (above <= 0)
        {
            return above == 0 ? Math.Min(table[0].Right, said) : Math.Min(table[^1].Right, said);
        }

        var (low, high) = (table[above - 1], table[above]);
        return high.Said - low.Said < 1e-9 ? high.Right : low.Right + ((high.Right - low.Right) * (said - low.Said) / (high.Said - low.Said));
    }

    private static Dictionary<string, (double, double)[]> Load()
    {
        using var stream = typeof(Calibration).Assembly.GetManifestResourceStream("confidence.json")
            ?? throw new InvalidOperationException("confidence.json is not embedded: the project does not import Reading/OcrModels.targets.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("kinds").EnumerateObject().ToDictionary(
            kind => kind.Name, kind => kind.Value.EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble())).ToArray());
    }
}
