using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Gateway.OpenApi;

/// <summary>What the documents say of a call beyond what its service knows: <c>operations.json</c>, and an example from <c>examples.json</c>.</summary>
/// <param name="Errors">Statuses of its own; those of every call come on top.</param>
/// <param name="Headers">Of its good answer.</param>
/// <param name="File">Media types, when it answers bytes.</param>
/// <param name="Also">Media types its good answer has besides JSON.</param>
/// <param name="DailyLimit">429 also means the tenant's day is full.</param>
public sealed record DocumentedCall(
    string OperationId, string Summary, Permission? Permission, bool Idempotent, bool Paged, bool Conditional, bool DailyLimit, int[]? Errors, string[]? Headers,
    string[]? File, Dictionary<string, string>? Also)
{
    private static readonly JsonSerializerOptions Options = new(Json.Options) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    /// <summary>By <c>METHOD /path</c>.</summary>
    public static IReadOnlyDictionary<string, DocumentedCall> All { get; } = Read<Dictionary<string, DocumentedCall>>("operations.json");

    /// <summary>A request and its answer as they went over the wire, by <c>METHOD /path</c>.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Examples { get; } = Read<Dictionary<string, JsonObject>>("examples.json");

    /// <summary>Every code of every problem, as Markdown: <c>docs/errors.md</c>.</summary>
    public static string ErrorCatalogue { get; } = ReadErrors();

    private static T Read<T>(string file)
    {
        using var stream = Open(file);
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }

    private static string ReadErrors()
    {
        using var reader = new StreamReader(Open("errors.md"));
        return reader.ReadToEnd();
    }

    private static Stream Open(string file) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"Invoicing.Gateway.OpenApi.{file}")!;
}
