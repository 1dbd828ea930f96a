using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Invoicing.Tickets.Tests;

/// <summary>Google Cloud Vision and Claude's Messages API, as their references show them. A key's answer is what its test wants; what was asked is kept.</summary>
public sealed class CloudStandIn
{
    public const string KeyPrefix = "S3CR3T-";

    private readonly ConcurrentDictionary<string, Func<Task<IResult>>> answers = new();

    public ConcurrentQueue<(string Address, string Key, JsonNode Body)> Asked { get; } = new();

    public IReadOnlyList<JsonNode> AskedWith(string key) => [.. Asked.Where(a => a.Key == key).Select(a => a.Body)];

    public void Says(string key, IResult answer) => answers[key] = () => Task.FromResult(answer);

    public void SaysTooLate(string key) => answers[key] = async () =>
    {
        await Task.Delay(TimeSpan.FromSeconds(30));
        return Results.NoContent();
    };

    public void Map(WebApplication app)
    {
        app.MapPost("/v1/images:annotate", AnswerAsync);
        app.MapPost("/v1/messages", AnswerAsync);
    }

    /// <summary>Words as they stand on a page of <c>Paper</c>: 30 points high, 18 wide.</summary>
    public static IResult Words(params string[] lines) => Results.Json(new
    {
        responses = new[] { new { fullTextAnnotation = new { text = string.Join('\n', lines), pages = new[] { new { blocks = lines.Select((line, row) => Block(line, row)) } } } } },
    });

    public static IResult Claims(string text) => Results.Json(new
    {
        id = "msg_013Zva2CMHLNnXjNJJKqJ2EF", type = "message", role = "assistant", model = "claude-3-haiku", stop_reason = "end_turn", stop_sequence = (string?)null,
        content = new[] { new { type = "text", text } }, usage = new { input_tokens = 1520, output_tokens = 44 },
    });

    private static object Block(string line, int row)
    {
        var (words, at) = (new List<object>(), 0);
        foreach (var word in line.Split(' '))
        {
            var (left, right, top, bottom) = (100 + (18 * at), 100 + (18 * (at + word.Length)), 58 + (36 * row), 86 + (36 * row));
            words.Add(new
            {
                confidence = .98, symbols = word.Select(c => new { text = $"{c}" }),
                boundingBox = new { vertices = new[] { new { x = left, y = top }, new { x = right, y = top }, new { x = right, y = bottom }, new { x = left, y = bottom } } },
            });
            at += word.Length + 1;
        }

        return new { paragraphs = new[] { new { words } } };
    }

    /// <summary>Each service has a header of its own for the key.</summary>
    private Task<IResult> AnswerAsync(HttpRequest request, JsonNode body)
    {
        var key = request.Headers.SelectMany(h => h.Value).OfType<string>().Select(v => v.Replace("Bearer ", "", StringComparison.Ordinal)).FirstOrDefault(v => v.StartsWith(KeyPrefix, StringComparison.Ordinal)) ?? "";
        Asked.Enqueue(($"{request.Path}{request.QueryString}", key, body));
        return answers.TryGetValue(key, out var answer) ? answer() : Task.FromResult(Results.StatusCode(403));
    }
}
