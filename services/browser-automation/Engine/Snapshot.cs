namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A page as a person sees it: what is visible in all its frames, nothing of how it was built.</summary>
/// <param name="HttpStatus">Of the document on show; 0 when no answer came.</param>
/// <param name="NetworkError">What broke since the last move (a lost connection, a refused one), null when nothing did.</param>
/// <param name="Pending">Requests of the page without an answer yet.</param>
/// <param name="Native">Texts of native dialogs since the last move.</param>
public sealed record Snapshot(
    string Url, string Title, int HttpStatus, IReadOnlyList<string> Headings, IReadOnlyList<Field> Fields, IReadOnlyList<Control> Controls,
    IReadOnlyList<Notice> Notices, IReadOnlyList<Dialog> Dialogs, IReadOnlyList<Picture> Pictures, IReadOnlyList<string> Lines,
    IReadOnlyList<string> Embeds, IReadOnlyList<string> Native, bool CaptchaWidget = false, bool Busy = false, int Pending = 0, string? NetworkError = null)
{
    /// <summary>Boxes of a form on show that are not to be seen, and would be sent with it.</summary>
    public IReadOnlyList<Field> Folded { get; init; } = [];

    public static Snapshot Empty { get; } = new("about:blank", "", 0, [], [], [], [], [], [], [], [], []);

    /// <summary>Names the page: where it is and what it asks. The same for two visits, different for two steps under one address.</summary>
    public string Signature =>
        Path(Url) + "|" + string.Join(",", Fields.Where(f => f.Dialog is null && !f.Disabled).Select(f => Words.Normalise(f.Caption)).Order(StringComparer.Ordinal))
        + (Dialogs.Count > 0 ? "|" + Words.Normalise(Dialogs[^1].Text) : "");

    /// <summary>Everything that a move could have changed.</summary>
    public string State =>
        Signature + "|" + string.Join(";", Fields.Select(f => $"{f.Key}={f.Value}/{f.Checked}/{f.Disabled}")) + "|" + string.Join(";", Controls.Select(c => c.Text + c.Disabled + c.Chosen))
        + "|" + string.Join(";", Lines) + "|" + string.Join(";", Native);

    /// <summary>All that is on show but the value of some fields.</summary>
    public string Besides(IReadOnlyCollection<string> keys) =>
        Signature + "|" + string.Join(";", Fields.Where(f => !keys.Contains(f.Key)).Select(f => $"{f.Key}={f.Value}/{f.Checked}/{f.Disabled}/{f.Choices.Count}")) + "|" + string.Join(";", Controls.Select(c => c.Text + c.Disabled))
        + "|" + string.Join(";", Lines) + "|" + string.Join(";", Notices.Select(n => n.Text)) + "|" + string.Join(";", Native);

    private static string Path(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.AbsolutePath + uri.Fragment : url;
}

public enum FieldKind
{
    Text,
    Password,
    Select,
    Combo,
    Typeahead,
    Checkbox,
    Radio,
    File,
}

/// <param name="Handle">Where the hands find it; valid until the next snapshot.</param>
/// <param name="Key">The same field in the next snapshot.</param>
/// <param name="Near">Text before it where no label belongs to it.</param>
/// <param name="Value">For a select the text on show.</param>
/// <param name="Form">Index of the form it is in, −1 outside of any.</param>
/// <param name="Order">Place in the document.</param>
/// <param name="Row">For a box to tick: text of the table row or list entry it is in.</param>
public sealed record Field(
    string Handle, string Key, FieldKind Kind, string Label, string Near = "", string Placeholder = "", string Title = "", string Name = "", string Id = "",
    string Type = "text", string Value = "", bool Checked = false, IReadOnlyList<Choice>? Options = null, int? MaxLength = null, string? Pattern = null,
    bool Required = false, bool Disabled = false, bool ReadOnly = false, string Invalid = "", int? Dialog = null, int Form = -1, int Order = 0, string Row = "")
{
    /// <summary>What a person would call it.</summary>
    public string Caption => First(Label, Near, Placeholder, Title, Name, Id);

    public IReadOnlyList<Choice> Choices => Options ?? [];

    /// <summary>A person could put something in it now.</summary>
    public bool Open => !Disabled;

    public bool IsTick => Kind is FieldKind.Checkbox or FieldKind.Radio;

    private static string First(params string[] texts) => texts.FirstOrDefault(t => t.Length > 0) ?? "";
}

public sealed record Choice(string Text, string Value, bool Selected = false, bool Disabled = false, string Handle = "");

/// <param name="Kind">button, submit or link.</param>
/// <param name="Row">Text of the table row or list entry it is in.</param>
/// <param name="Folded">Words that it would bring to light, line by line; empty where they are not on the page yet, null where nothing is folded under it.</param>
/// <param name="Chosen">It is the one that looks chosen.</param>
public sealed record Control(
    string Handle, string Text, string Kind = "button", string Title = "", string Name = "", string Icon = "", string Href = "", bool Disabled = false,
    string Row = "", int? Dialog = null, int Form = -1, int Order = 0, string? Folded = null, bool Chosen = false)
{
    public string Caption => Text.Length > 0 ? Text : Title.Length > 0 ? Title : Name;

    /// <summary>Pressing it opens no other page by its address.</summary>
    public bool StaysHere => Kind != "link" || Href.Length == 0 || Href[0] == '#' || Href.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Kind">error, success or info, by its looks.</param>
public sealed record Notice(string Text, string Kind, int? Dialog = null);

public sealed record Dialog(int Index, string Text);

/// <param name="Suspicious">Its address or name speaks of a captcha.</param>
public sealed record Picture(string Handle, int Order, string Source, bool Suspicious);
