using System.Text;
using System.Text.Encodings.Web;

namespace Invoicing.Portals.Engine.Pages;

/// <summary>The options of a select, first a blank one.</summary>
public static class Options
{
    /// <param name="choices">Value to text, in the order shown.</param>
    public static string Of(IEnumerable<KeyValuePair<string, string>> choices, string selected, string blank = "Seleccione...")
    {
        var html = new StringBuilder().Append("<option value=\"\">").Append(HtmlEncoder.Default.Encode(blank)).Append("</option>");
        foreach (var (value, text) in choices)
        {
            html.Append("<option value=\"").Append(HtmlEncoder.Default.Encode(value)).Append('"')
                .Append(value == selected ? " selected" : "").Append('>')
                .Append(HtmlEncoder.Default.Encode(text)).Append("</option>");
        }

        return html.ToString();
    }
}
