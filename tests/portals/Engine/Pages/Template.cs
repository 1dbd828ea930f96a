using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Invoicing.Portals.Engine.Pages;

/// <summary>
/// Fills the embedded pages: <c>{{x}}</c> text, <c>{{&amp;x}}</c> HTML, <c>{{#x}}</c> a field's id or name,
/// <c>{{@x|words}}</c> words that a drifted page replaces; fields between <c>&lt;!--campo--&gt;</c> marks change their order then.
/// A value that was not given is empty.
/// </summary>
public static partial class Template
{
    private const string Open = "<!--campos-->";
    private const string Close = "<!--/campos-->";
    private static readonly ConcurrentDictionary<string, string> Pages = new();

    /// <param name="page">Folder and name without extension, e.g. <c>Simple/formulario</c>.</param>
    public static string Render(string page, IReadOnlyDictionary<string, string> values, bool drifted)
    {
        var html = Pages.GetOrAdd(page, Read);
        return Mark().Replace(drifted ? Reordered(html) : html, match => Fill(match.Groups[1].Value, match.Groups[2].Value, values, drifted));
    }

    private static string Fill(string kind, string text, IReadOnlyDictionary<string, string> values, bool drifted) => kind switch
    {
        "&" => values.GetValueOrDefault(text, ""),
        "#" => drifted ? Drift.Id(text) : text,
        "@" when text.Split('|') is [var key, var words] => HtmlEncoder.Default.Encode(drifted ? Drift.Label(key, words) : words),
        _ => HtmlEncoder.Default.Encode(values.GetValueOrDefault(text, "")),
    };

    private static string Reordered(string html)
    {
        var start = html.IndexOf(Open, StringComparison.Ordinal);
        if (start < 0) return html;
        var end = html.IndexOf(Close, start, StringComparison.Ordinal);
        var fields = html[(start + Open.Length)..end].Split("<!--campo-->", StringSplitOptions.RemoveEmptyEntries);
        var rest = html[(end + Close.Length)..];
        return html[..start] + string.Concat(fields.Reverse()) + Reordered(rest);
    }

    private static string Read(string page)
    {
        var name = $"{page.Replace("/", "/Pages/", StringComparison.Ordinal)}.html";
        using var stream = typeof(Template).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No page is embedded as {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{([&#@]?)([^}]+)\}\}")]
    private static partial Regex Mark();
}
