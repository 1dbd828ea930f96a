using System.Text;
using System.Text.Json;

namespace Invoicing.Portals.Conveni24;

/// <summary>The XML that a JSF server answers to an AJAX post: nodes to replace, script to run, or where to go.</summary>
internal sealed class PartialResponse
{
    private readonly StringBuilder _changes = new();

    /// <param name="id">Of the node that is replaced, naming container included.</param>
    public PartialResponse Update(string id, string html)
    {
        _changes.Append("<update id=\"").Append(id).Append("\"><![CDATA[").Append(Safe(html)).Append("]]></update>");
        return this;
    }

    public PartialResponse Run(string script)
    {
        _changes.Append("<eval><![CDATA[").Append(Safe(script)).Append("]]></eval>");
        return this;
    }

    /// <summary>A notice in the corner that fades after three seconds.</summary>
    public PartialResponse Growl(string text) => Run($"PF('growl').show({JsonSerializer.Serialize(text)})");

    public IResult Result() => Xml($"<changes>{_changes}</changes>");

    public static IResult Redirect(string address) => Xml($"<redirect url=\"{address}\"></redirect>");

    private static string Safe(string text) => text.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal);

    private static IResult Xml(string content) =>
        Results.Content($"<?xml version='1.0' encoding='UTF-8'?>\n<partial-response id=\"j_id1\">{content}</partial-response>", "text/xml; charset=utf-8");
}
