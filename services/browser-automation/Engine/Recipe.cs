using System.Text.Json;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What worked on a portal: which field is which, what was pressed on which page. First choice next time, still verified move by move.</summary>
public sealed class Recipe
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>Host and port it was learned on.</summary>
    public string Host { get; set; } = "";

    /// <summary>Label and name of a field → canonical field.</summary>
    public Dictionary<string, string> Fields { get; init; } = [];

    /// <summary>Page → text of the control pressed there last.</summary>
    public Dictionary<string, string> Presses { get; init; } = [];

    /// <summary>Null when it is of another version or no recipe at all: then the portal is explored again.</summary>
    public static Recipe? Read(string? json)
    {
        try
        {
            return json is { Length: > 0 and < 100_000 } && JsonSerializer.Deserialize<Recipe>(json, Json.Options) is { Version: CurrentVersion } recipe ? recipe : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this, Json.Options);

    public static string FieldKey(Field field) => Words.Normalise(field.Caption) + "|" + Words.Normalise(field.Name.Length > 0 ? field.Name : field.Id);

    public static string PageKey(Snapshot page) => page.Signature.Length <= 400 ? page.Signature : page.Signature[..400];
}
