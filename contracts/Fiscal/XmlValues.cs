using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>Attribute values as SAT's types read them: white space collapsed, numbers without exponent or thousands, times without zone.</summary>
internal static partial class XmlValues
{
    internal static string? Find(this XElement? element, string attribute) =>
        element?.Attribute(attribute) is { } found ? CadenaWriter.Normalise(found.Value) : null;

    internal static string Get(this XElement? element, string attribute) => element.Find(attribute) ?? "";

    internal static decimal? Amount(this XElement? element, string attribute) => ToAmount(element.Find(attribute));

    internal static DateTime? Time(this XElement? element, string attribute) => ToTime(element.Find(attribute));

    internal static decimal? ToAmount(string? text) =>
        text is not null && AmountShape().IsMatch(text) ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;

    internal static DateTime? ToTime(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    [GeneratedRegex(@"\A[+-]?([0-9]{1,18}(\.[0-9]{0,6})?|\.[0-9]{1,6})\z")]
    private static partial Regex AmountShape();
}
