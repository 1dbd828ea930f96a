using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>A challenge that is no picture: "¿Cuánto es 4 + 8?".</summary>
public static partial class Sum
{
    /// <summary>The result; null for anything but one operation on two small numbers.</summary>
    public static string? Of(string text)
    {
        if (Operation().Match(text) is not { Success: true } found)
        {
            return null;
        }

        var (a, b) = (int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(found.Groups[3].Value, CultureInfo.InvariantCulture));
        var result = found.Groups[2].Value switch { "+" or "más" => a + b, "-" or "–" or "menos" => a - b, _ => a * b };
        return result.ToString(CultureInfo.InvariantCulture);
    }

    // Dates and folios have dashes too: a minus counts only when the sum is asked for.
    [GeneratedRegex(@"(?<![\d/.-])(\d{1,2})\s*(\+|más|x|×|\*|por|[-–](?=\s*\d{1,2}\s*=)|menos)\s*(\d{1,2})(?![\d/.]|\s*-\s*\d)\s*(?:=|\?|:|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Operation();
}
