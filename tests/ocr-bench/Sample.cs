using System.Globalization;
using System.Text.Json;
using Invoicing.Tickets.Reading;
using Invoicing.Tickets.Reading.Tests.Printed;

namespace Invoicing.OcrBench;

/// <summary>A picture of a ticket and what it says. A name of several keys ("folio|referencia") is right under any of them.</summary>
internal sealed record Sample(string Name, string Set, string Layout, string Grade, Func<byte[]> Picture, IReadOnlyDictionary<string, string> Truth)
{
    /// <summary>Printed samples: every layout and grade in turn, the same ones for the same range in every run.</summary>
    public static IEnumerable<Sample> Printed(string set, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var kind = set != "all" ? set : i % 3 == 2 ? "heldout" : "known";
            var layouts = kind switch { "heldout" => Layouts.HeldOut, "fresh" => FreshLayouts.All, "newest" => NewestLayouts.All, "latest" => LatestLayouts.All, "unseen" => UnseenLayouts.All, "known" => Layouts.Known, _ => throw new ArgumentException($"There is no set {kind}: known, heldout, fresh, newest, latest, unseen or all.") };
            // Even numbers of the held-out layouts alone would see one grade only. Slips of the sets by another hand are of other purchases and other photographs than those before them.
            var (seed, grade) = (kind switch { "fresh" => 100_000 + i, "newest" => 200_000 + i, "latest" => 300_000 + i, "unseen" => 400_000 + i, _ => i }, (Grade)(i / 3 % 3));
            var ticket = layouts[i / 9 % layouts.Count](new Random(7_000 + seed));
            yield return new Sample($"{i:0000}-{ticket.Layout}-{grade}", kind, ticket.Layout, grade.ToString(), () => Camera.Photograph(ticket.Slip, grade, new Random(seed)), ticket.Truth());
        }
    }

    /// <summary>A folder of pictures, each with its truth beside it as JSON.</summary>
    public static IEnumerable<Sample> Folder(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var picture = new[] { ".jpg", ".jpeg", ".png", ".webp", ".pdf" }.Select(extension => Path.ChangeExtension(file, extension)).FirstOrDefault(File.Exists);
            if (picture is not null)
            {
                using var document = JsonDocument.Parse(File.ReadAllText(file));
                var name = Path.GetFileNameWithoutExtension(file);
                yield return new Sample(name, "folder", name, document.RootElement.TryGetProperty("severity", out var grade) ? grade.GetString()! : "folder", () => File.ReadAllBytes(picture), TruthOf(document.RootElement));
            }
        }
    }

    private static Dictionary<string, string> TruthOf(JsonElement json)
    {
        var names = new Dictionary<string, string>
        {
            ["rfc"] = FieldNames.RfcEmisor, ["date"] = FieldNames.Fecha, ["time"] = FieldNames.Hora, ["folio"] = "folio|codigo_facturacion|tc|itu", ["webId"] = "web_id|id_venta|codigo_facturacion",
            ["subtotal"] = FieldNames.Subtotal, ["iva"] = FieldNames.Iva, ["total"] = FieldNames.Total,
        };
        return names.Where(name => json.TryGetProperty(name.Key, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .ToDictionary(name => name.Value, name => json.GetProperty(name.Key) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal().ToString("0.00", CultureInfo.InvariantCulture) : json.GetProperty(name.Key).GetString()!);
    }
}
