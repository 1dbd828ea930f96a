using System.Text.Json;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What worked on a portal: where its form is, which field is which, what was pressed on which page, which fields change nothing but themselves. First choice next time, still verified move by move.</summary>
public sealed class Recipe
{
    public const int CurrentFormat = 2;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Address a ticket prints and its merchant → address of the form.</summary>
    public Dictionary<string, string> Entries { get; init; } = [];

    /// <summary>Address that tickets print wrongly → address of the same host that worked in its place: what is printed wrongly will be printed so again.</summary>
    public Dictionary<string, string> Instead { get; init; } = [];

    /// <summary>Label and name of a field → canonical field.</summary>
    public Dictionary<string, string> Fields { get; init; } = [];

    /// <summary>Page → text of the control pressed there last.</summary>
    public Dictionary<string, string> Presses { get; init; } = [];

    /// <summary>Fields after which the page stood as before: typed in one go with their neighbours.</summary>
    public SortedSet<string> Quiet { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Pages whose emission shows nothing: its invoice is looked for soon.</summary>
    public SortedSet<string> Silent { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Null when it is of another format or no recipe at all: then the portal is explored again.</summary>
    public static Recipe? Read(string? json)
    {
        try
        {
            return json is { Length: > 0 and < 100_000 } && JsonSerializer.Deserialize<Recipe>(json, Json.Options) is { Format: CurrentFormat } recipe ? recipe : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this, Json.Options);

    /// <summary>This with what was seen since, which wins; nothing that holds one of the private values is kept, for recipes are shared by all tenants.</summary>
    /// <param name="loud">Fields that did change something.</param>
    public Recipe Healed(Recipe seen, IEnumerable<string> loud, IReadOnlyCollection<string> privates)
    {
        var values = privates.Select(Words.Code).Where(v => v.Length >= 4).ToList();
        bool Public(string text) => Words.Code(text) is var code && !values.Exists(v => code.Contains(v, StringComparison.Ordinal));
        Dictionary<string, string> Merged(Dictionary<string, string> old, Dictionary<string, string> news) =>
            old.Concat(news).GroupBy(p => p.Key).Select(g => g.Last()).Where(p => Public(p.Key) && Public(p.Value)).OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary();

        return new Recipe
        {
            Entries = Merged(Entries, seen.Entries), Instead = Merged(Instead, seen.Instead), Fields = Merged(Fields, seen.Fields), Presses = Merged(Presses, seen.Presses),
            Quiet = new(Quiet.Concat(seen.Quiet).Except(loud).Where(Public), StringComparer.Ordinal), Silent = new(Silent.Concat(seen.Silent).Where(Public), StringComparer.Ordinal),
        };
    }

    /// <summary>The form's address for a ticket that prints this one; null when it is not known.</summary>
    public string? EntryFor(string url, Goal goal) => Entries.GetValueOrDefault(EntryKey(url, goal));

    /// <summary>This control was pressed on this page, and an invoice was its end.</summary>
    public bool Knows(Snapshot page, Control control) => Presses.GetValueOrDefault(PageKey(page)) == Words.Normalise(control.Caption);

    /// <summary>Notes where the form was found, unless the address looks made for one visit.</summary>
    public void Enter(string url, string form, Goal goal)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var from) && Uri.TryCreate(form, UriKind.Absolute, out var to) && from.Authority == to.Authority && from != to
            && form.Length < 300 && !to.Segments.Append(to.Query).Append(to.Fragment).Any(OfOneVisit))
        {
            Entries.TryAdd(EntryKey(url, goal), form);
        }
    }

    /// <summary>Notes the address that worked in the place of a printed one.</summary>
    public void Redirect(string printed, string worked)
    {
        if (Uri.TryCreate(printed, UriKind.Absolute, out var from) && Uri.TryCreate(worked, UriKind.Absolute, out var to) && from.Authority == to.Authority && from != to && worked.Length < 300)
        {
            Instead.TryAdd(printed, worked);
        }
    }

    /// <summary>The form was not there.</summary>
    public void Forget(string url, Goal goal) => Entries.Remove(EntryKey(url, goal));

    public static string FieldKey(Field field) => Words.Normalise(field.Caption) + "|" + Words.Normalise(field.Name.Length > 0 ? field.Name : field.Id);

    public static string PageKey(Snapshot page) => PageKey(page.Signature);

    public static string PageKey(string signature) => signature.Length <= 400 ? signature : signature[..400];

    // Several brands may share a host, and each has a form of its own.
    private static string EntryKey(string url, Goal goal) => $"{url.TrimEnd('/')} {goal.MerchantRfc ?? goal.MerchantName}";

    // Session numbers, tokens, the ticket itself.
    private static bool OfOneVisit(string part) => part.Count(char.IsAsciiDigit) >= 5 || part.Contains("session", StringComparison.OrdinalIgnoreCase) || part.Length > 60;
}
