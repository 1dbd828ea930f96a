using System.Text.Json;
using System.Text.Json.Serialization;
using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Takes the snapshot of the window in use, all its frames together.</summary>
public sealed class PageReader(PortalSession session)
{
    /// <summary>Handle of nothing that the snapshot holds.</summary>
    public const string Nameless = "?";

    private const int MaxFrames = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);
    private static readonly string Look = $"() => JSON.stringify(({Script.Load("snapshot")})({Script.Load("names")}, {Script.Load("lists")}))";
    private static readonly string Options = Script.Load("options");
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private List<IFrame> frames = [];

    /// <exception cref="TimeoutException">The page does not answer: a script keeps it busy for ever.</exception>
    public async Task<Snapshot> ReadAsync()
    {
        using var span = Telemetry.Source.StartActivity("browser.look");
        var page = session.Page;
        var read = new List<RawPage>();
        frames = [];
        foreach (var frame in page.Frames.Take(MaxFrames))
        {
            if (await ReadAsync(frame, page.MainFrame) is { } raw)
            {
                frames.Add(frame);
                read.Add(frame.ParentFrame == page.MainFrame && await DialogAroundAsync(frame) is >= 0 and var dialog ? raw.Within(dialog) : raw);
            }
        }

        return read.Count == 0
            ? Snapshot.Empty with { Url = page.Url, HttpStatus = session.Activity.StatusOf(page), NetworkError = session.Activity.Error, Pending = session.Activity.Pending, Native = session.TakeNative() }
            : Compose(read, session.Activity.StatusOf(page));
    }

    /// <summary>The element of the last snapshot; null when the page has replaced it since.</summary>
    /// <exception cref="TimeoutException">The page does not answer.</exception>
    public async Task<IElementHandle?> FindAsync(string handle)
    {
        var found = await FrameOf(handle).EvaluateHandleAsync("i => { const e = window[Symbol.for('invoicing.elements')]?.[i]; return e?.isConnected ? e : null; }", IndexOf(handle)).WaitAsync(Limit);
        // Playwright's own AsElement throws where there is none.
        return found as IElementHandle;
    }

    /// <summary>Calls a script of the page with an element of the last snapshot (as "index") and what else it needs.</summary>
    /// <exception cref="TimeoutException">The page does not answer.</exception>
    public Task<T> CallAsync<T>(string handle, string script, object with)
    {
        var arguments = JsonSerializer.SerializeToNode(with, Format)!.AsObject();
        arguments["index"] = IndexOf(handle);
        return FrameOf(handle).EvaluateAsync<T>($"json => ({script})(JSON.parse(json))", arguments.ToJsonString()).WaitAsync(Limit);
    }

    /// <summary>What the last snapshot calls the place that has the keyboard; null when it knows none there.</summary>
    public async Task<string?> FocusedAsync()
    {
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            if (await frames[i].EvaluateAsync<int>($"() => ({Script.Load("pointed")})(null)").WaitAsync(Limit) is >= 0 and var h)
            {
                return $"{i}:{h}";
            }
        }

        return null;
    }

    /// <summary>What the last snapshot calls the place at this point of the window; <see cref="Nameless"/> where something unknown to it can be pressed, null where nothing can.</summary>
    public async Task<string?> AtAsync(int x, int y)
    {
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            var (left, top) = (0, 0);
            if (frames[i].ParentFrame is not null)
            {
                var box = await (await frames[i].FrameElementAsync()).BoundingBoxAsync();
                if (box is null || x < box.X || y < box.Y || x > box.X + box.Width || y > box.Y + box.Height)
                {
                    continue;
                }

                (left, top) = ((int)box.X, (int)box.Y);
            }

            var h = await frames[i].EvaluateAsync<int>($"p => ({Script.Load("pointed")})(p)", new[] { x - left, y - top }).WaitAsync(Limit);
            return h >= 0 ? $"{i}:{h}" : h == -2 ? Nameless : null;
        }

        return null;
    }

    /// <summary>Place of the element among those that the snapshot keeps in its frame.</summary>
    public static int IndexOf(string handle) => int.Parse(handle.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);

    public IFrame FrameOf(string handle) => frames[int.Parse(handle.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture)];

    /// <summary>Entries of the list that is open now, in the frame of the field.</summary>
    public async Task<IReadOnlyList<Choice>> OptionsAsync(string fieldHandle)
    {
        var frame = FrameOf(fieldHandle);
        var (index, element) = (fieldHandle.Split(':')[0], IndexOf(fieldHandle));
        var json = await frame.EvaluateAsync<string>($"i => JSON.stringify(({Options})(i))", element).WaitAsync(Limit);
        return [.. JsonSerializer.Deserialize<List<RawChoice>>(json, Format)!.Select(o => new Choice(o.Text, o.Value, false, o.Disabled, $"{index}:{o.H}"))];
    }

    private static async Task<RawPage?> ReadAsync(IFrame frame, IFrame main)
    {
        try
        {
            if (frame != main && (await frame.FrameElementAsync() is not { } element || !await element.IsVisibleAsync()))
            {
                return null;
            }

            return JsonSerializer.Deserialize<RawPage>(await frame.EvaluateAsync<string>(Look).WaitAsync(Limit), Format);
        }
        catch (PlaywrightException)
        {
            // The frame is being replaced; the next look sees what follows.
            return null;
        }
    }

    // A form in a frame in a dialog is the dialog's.
    private static async Task<int> DialogAroundAsync(IFrame frame)
    {
        try
        {
            return await (await frame.FrameElementAsync()).EvaluateAsync<int>("e => (window[Symbol.for('invoicing.dialogs')] ?? []).findIndex(d => d.contains(e))").WaitAsync(Limit);
        }
        catch (PlaywrightException)
        {
            return -1;
        }
    }

    private Snapshot Compose(List<RawPage> read, int status)
    {
        var fields = new List<Field>();
        var folded = new List<Field>();
        var controls = new List<Control>();
        var dialogs = new List<Dialog>();
        var notices = new List<Notice>();
        var pictures = new List<Picture>();
        for (var i = 0; i < read.Count; i++)
        {
            var (raw, frame, first) = (read[i], i, dialogs.Count);
            int? Dialog(int? d) => d + first ?? raw.Around;
            folded.AddRange(raw.Fields.Where(f => f.Folded).Select(f => f.ToField(frame, Dialog(f.Dialog))));
            fields.AddRange(raw.Fields.Where(f => !f.Folded).Select(f => f.ToField(frame, Dialog(f.Dialog))));
            controls.AddRange(raw.Controls.Select(c => c.ToControl(frame, Dialog(c.Dialog))));
            notices.AddRange(raw.Messages.Select(m => new Notice(m.Text, m.Kind, Dialog(m.Dialog))));
            pictures.AddRange(raw.Images.Select(p => new Picture($"{frame}:{p.H}", p.Order + (frame * 100_000), p.Source, p.Suspicious)));
            dialogs.AddRange(raw.Dialogs.Select((d, n) => new Dialog(first + n, d.Text)));
        }

        return new Snapshot(
            read[0].Url, read[0].Title, status, [.. read.SelectMany(r => r.Headings)], Distinct(fields), controls, notices, dialogs, pictures,
            [.. read.SelectMany(r => r.Lines)], [.. read.SelectMany(r => r.Embeds)], session.TakeNative(), read.Any(r => r.CaptchaWidget), read.Any(r => r.Busy),
            session.Activity.Pending, session.Activity.Error) { Folded = folded };
    }

    // Two boxes of one name are told apart by their place among each other.
    private static List<Field> Distinct(List<Field> fields)
    {
        var counts = new Dictionary<string, int>();
        return [.. fields.Select(f => (counts[f.Key] = counts.GetValueOrDefault(f.Key) + 1) is var n && n > 1 ? f with { Key = $"{f.Key}#{n}" } : f)];
    }
}

internal sealed record RawPage(
    string Url, string Title, List<string> Headings, List<RawField> Fields, List<RawControl> Controls, List<RawMessage> Messages, List<RawImage> Images,
    List<string> Lines, List<RawDialog> Dialogs, List<string> Embeds, bool CaptchaWidget, bool Busy)
{
    /// <summary>Dialog of the main frame that this frame is in.</summary>
    internal int? Around { get; private init; }

    internal RawPage Within(int dialog) => this with { Around = dialog };
}

internal sealed record RawField(
    int H, bool Folded, FieldKind Kind, string Type, string Label, string Near, string Placeholder, string Title, string Name, string Id, string Value, bool Checked, List<RawChoice> Options,
    int? Max, string? Pattern, bool Required, bool Disabled, bool Readonly, string Invalid, int? Dialog, int Form, int Order, string Row)
{
    internal Field ToField(int frame, int? dialog) => new(
        $"{frame}:{H}", $"{frame}|{(Name.Length > 0 ? Name : Id.Length > 0 ? Id : Label.Length > 0 ? Label : Near + Placeholder)}", Kind, Label, Near, Placeholder, Title, Name, Id, Type, Value, Checked,
        [.. Options.Select(o => new Choice(o.Text, o.Value, o.Selected, o.Disabled))], Max, Pattern, Required, Disabled, Readonly, Invalid, dialog,
        Form < 0 ? -1 - frame : Form + (frame * 1000), Order + (frame * 100_000), Row);
}

internal sealed record RawChoice(string Text, string Value, bool Selected, bool Disabled, int H = 0);

internal sealed record RawControl(
    int H, string Text, string Title, string Name, string Icon, string Kind, string Href, bool Disabled, string Row, int? Dialog, int Form, int Order, string? Folded, bool Chosen)
{
    internal Control ToControl(int frame, int? dialog) =>
        new($"{frame}:{H}", Text, Kind, Title, Name, Icon, Href, Disabled, Row, dialog, Form < 0 ? -1 - frame : Form + (frame * 1000), Order + (frame * 100_000), Folded, Chosen);
}

internal sealed record RawMessage(string Text, string Kind, int? Dialog);

internal sealed record RawImage(int H, int Order, string Source, bool Suspicious);

internal sealed record RawDialog(string Text);
