using System.Text.Json;
using System.Text.Json.Nodes;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What is known about portals in general, as dated data with its evidence; no portal has a line of its own.</summary>
public static class Knowledge
{
    /// <exception cref="InvalidDataException">The file is not among the built-in ones.</exception>
    public static IReadOnlyList<T> Load<T>(string name)
    {
        using var stream = typeof(Knowledge).Assembly.GetManifestResourceStream($"Knowledge/{name}.json") ?? throw new InvalidDataException(name);
        using var reader = new StreamReader(stream);
        return JsonSerializer.Deserialize<List<T>>(Without(reader.ReadToEnd()), JsonSerializerOptions.Web) ?? [];
    }

    // Phrases that a measurement leaves out (AppContext "Knowledge.Without", one a line), to see what the engine does without them.
    private static string Without(string json)
    {
        if (AppContext.GetData("Knowledge.Without") is not string { Length: > 0 } listed)
        {
            return json;
        }

        var forgotten = listed.Split('\n').ToHashSet();
        var all = JsonNode.Parse(json)!.AsArray();
        foreach (var list in all.SelectMany(entry => entry!.AsObject().Select(p => p.Value).OfType<JsonArray>()))
        {
            list.Where(p => forgotten.Contains(p!.GetValue<string>())).ToList().ForEach(p => list.Remove(p));
        }

        return all.ToJsonString();
    }
}

/// <param name="Group">receptor, ticket, pago, domicilio, acceso, captcha or otro.</param>
/// <param name="Phrases">Labels, normalised.</param>
/// <param name="Names">Words of name and id attributes.</param>
/// <param name="Exact">Phrases too short to be looked for inside a longer label.</param>
/// <param name="Not">Words that rule the field out.</param>
/// <param name="From">Ticket values that may stand for it, best first.</param>
/// <param name="Place">Its value is a shop, chosen from a list by number or name.</param>
public sealed record VocabularyEntry(
    string Field, string Group, IReadOnlyList<string> Phrases, IReadOnlyList<string>? Names, IReadOnlyList<string>? Exact, IReadOnlyList<string>? Not,
    IReadOnlyList<string>? From, bool Place, string Evidence, string Date);

public sealed record ButtonEntry(string Role, IReadOnlyList<string> Phrases, string Evidence, string Date);

/// <param name="Field">The datum at fault, for refusals of one.</param>
/// <param name="Patterns">Regular expressions over normalised text; a noun of nouns.json in angle brackets stands for any of its words.</param>
/// <param name="Not">Words that rule it out.</param>
/// <param name="Anywhere">Trusted also in plain text of the page, not only where it stands out as a message.</param>
public sealed record MessageEntry(string Class, string? Field, IReadOnlyList<string> Patterns, IReadOnlyList<string>? Not, bool Anywhere, string Evidence, string Date);

/// <param name="Words">What portals call it, normalised, singular and plural.</param>
public sealed record NounEntry(string Noun, IReadOnlyList<string> Words, string Evidence, string Date);

public sealed record ChoiceEntry(string Kind, IReadOnlyList<string> Phrases, string Evidence, string Date);
