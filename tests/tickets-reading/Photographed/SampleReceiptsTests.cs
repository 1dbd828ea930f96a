using System.Globalization;
using System.Text.Json;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>Reads a folder of receipts with known contents, where one lies beside the repository, and holds the reader to floors.</summary>
public sealed class SampleReceiptsTests
{
    [Test]
    public async Task Sample_receipts_are_read_as_well_as_measured()
    {
        var scores = new Dictionary<string, (int Right, int Of)>();
        var seconds = new List<double>();
        foreach (var truth in Directory.GetFiles(Folder(), "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(truth));
            var reading = await Reader.ReadImage(await File.ReadAllBytesAsync(Path.ChangeExtension(truth, ".jpg")));
            seconds.Add(reading.Seconds);
            foreach (var (field, right) in Compared(document.RootElement, reading))
            {
                var (was, of) = scores.GetValueOrDefault(field);
                scores[field] = (was + (right ? 1 : 0), of + 1);
            }
        }

        foreach (var (field, (right, of)) in scores)
        {
            await TestContext.Out.WriteLineAsync($"{field}: {right} of {of}");
        }

        await TestContext.Out.WriteLineAsync($"seconds: median {seconds.Order().ElementAt(seconds.Count / 2)}, most {seconds.Max()}");
        Assert.That(scores.Where(score => score.Value.Right < .85 * score.Value.Of).Select(score => score.Key), Is.Empty);
    }

    private static IEnumerable<(string Field, bool Right)> Compared(JsonElement truth, TicketReading reading)
    {
        string Text(string name) => truth.TryGetProperty(name, out var value) ? value.ToString() : "";
        bool Has(string expected, params string[] keys) => keys.Any(key => reading.Fields.GetValueOrDefault(key)?.Value == expected);
        yield return ("rfc_emisor", Has(Text("rfc"), "rfc_emisor"));
        yield return ("fecha", Has(Text("date"), "fecha"));
        yield return ("hora", Has(Text("time"), "hora"));
        yield return ("folio", Has(Text("folio"), "folio", "codigo_facturacion", "tc"));
        foreach (var amount in new[] { "subtotal", "iva", "total" })
        {
            yield return (amount, Has(truth.GetProperty(amount).GetDecimal().ToString("0.00", CultureInfo.InvariantCulture), amount));
        }

        yield return ("url_facturacion", reading.Fields.GetValueOrDefault("url_facturacion")?.Value.Contains(Text("url"), StringComparison.OrdinalIgnoreCase) == true);
    }

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "global.json")))
            {
                var folder = at.Parent?.GetDirectories().Select(beside => Path.Combine(beside.FullName, "data", "receipts")).FirstOrDefault(Directory.Exists);
                return folder ?? throw new IgnoreException("No folder of sample receipts (data/receipts) lies beside the repository.");
            }
        }

        throw new IgnoreException("The tests do not run inside the repository.");
    }
}
