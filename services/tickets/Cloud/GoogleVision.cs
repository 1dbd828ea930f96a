using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Cloud;

/// <summary>Google Cloud Vision (REST, images:annotate, DOCUMENT_TEXT_DETECTION): letters with their places. What they mean is found by our own reader.</summary>
public sealed class GoogleVision(IHttpClientFactory clients, CloudSettings settings, ILogger<GoogleVision> log)
{
    /// <summary>The flag's and the secret's name.</summary>
    public const string Name = "google_vision_ocr";

    private const int MaxWords = 5_000;

    /// <param name="codes">Seen on the photograph here: the service reads none.</param>
    /// <returns>Null when it did not answer, or not with a text.</returns>
    internal async Task<Opinion?> AskAsync(byte[] jpeg, int width, int height, IReadOnlyList<ReadCode> codes, string key, CancellationToken ct)
    {
        try
        {
            using var http = clients.CreateClient(nameof(GoogleVision));
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(settings.GoogleUrl), "/v1/images:annotate"))
            {
                Content = JsonContent.Create(new { requests = new[] { new { image = new { content = jpeg }, features = new[] { new { type = "DOCUMENT_TEXT_DETECTION" } }, imageContext = new { languageHints = new[] { "es" } } } } }),
            };
            // In the address it would stand in every log on the way.
            request.Headers.Add("X-Goog-Api-Key", key);
            using var response = await http.SendAsync(request, ct);
            using var answer = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(ct));
            var pieces = WordsOf(answer.RootElement.GetProperty("responses")[0]).Where(word => word.Text.Length > 0).Take(MaxWords).ToList();
            var rows = Rows.From(pieces, width, height, 0);
            var urls = UrlExtractor.Extract(rows, codes);
            var (fields, _) = FieldExtractor.Extract(rows, codes, urls, certain: false);
            return new Opinion(string.Join('\n', rows.Select(row => row.Text)), fields, urls, new CloudUsage(1, 0, 0, null));
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            // Its message may repeat what was sent.
            log.LogWarning("{Engine} did not answer: {Error}", Name, e.GetType().Name);
            return null;
        }
    }

    private static IEnumerable<TextPiece> WordsOf(JsonElement response) =>
        from page in response.GetProperty("fullTextAnnotation").GetProperty("pages").EnumerateArray()
        from block in page.GetProperty("blocks").EnumerateArray()
        from paragraph in block.GetProperty("paragraphs").EnumerateArray()
        from word in paragraph.GetProperty("words").EnumerateArray()
        select PieceOf(word);

    private static TextPiece PieceOf(JsonElement word)
    {
        var text = string.Concat(word.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetProperty("text").GetString()));
        // Corners begin at the upper left of the letters, whichever way they stand; a coordinate of 0 is left out.
        var corners = word.GetProperty("boundingBox").GetProperty("vertices").EnumerateArray().Select(v => (X: At(v, "x"), Y: At(v, "y"))).ToArray();
        var (along, down) = ((X: corners[1].X - corners[0].X, Y: corners[1].Y - corners[0].Y), (X: corners[3].X - corners[0].X, Y: corners[3].Y - corners[0].Y));
        var box = new TextBox(corners.Average(c => c.X), corners.Average(c => c.Y), MathF.Max(1, MathF.Sqrt((along.X * along.X) + (along.Y * along.Y))), MathF.Max(1, MathF.Sqrt((down.X * down.X) + (down.Y * down.Y))), MathF.Atan2(along.Y, along.X));
        return new TextPiece(box, text, word.TryGetProperty("confidence", out var sure) ? Math.Clamp(sure.GetSingle(), 0, 1) : .5f, []);
    }

    private static float At(JsonElement vertex, string name) => vertex.TryGetProperty(name, out var at) ? at.GetSingle() : 0;
}
