using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.Fiscal;

/// <summary>What the QR of a printed CFDI says; SAT's status service is asked with the same expression.</summary>
/// <param name="Uuid">Upper case.</param>
/// <param name="SelloEnd">The last 8 characters of the emisor's seal; null in older prints.</param>
public sealed partial record CfdiQr(string Uuid, string EmisorRfc, string ReceptorRfc, decimal Total, string? SelloEnd)
{
    private const string Page = "https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx";
    private const int MaxLength = 500;

    /// <summary>The query part, "?id=…&amp;re=…"; an '&amp;' inside an RFC is written as its XML entity, as SAT does.</summary>
    public string Expression =>
        $"?id={Uuid}&re={Escape(EmisorRfc)}&rr={Escape(ReceptorRfc)}&tt={Amount(Total)}" + (SelloEnd is null ? "" : $"&fe={SelloEnd}");

    /// <summary>The address that the QR encodes.</summary>
    public string Url => Page + Expression;

    /// <summary>Null without a timbre or a total.</summary>
    public static CfdiQr? Of(Cfdi cfdi)
    {
        ArgumentNullException.ThrowIfNull(cfdi);
        return cfdi is { Uuid: { } uuid, Total: { } total }
            ? new(uuid, cfdi.Emisor.Rfc, cfdi.Receptor.Rfc, total, cfdi.Sello.Length >= 8 ? cfdi.Sello[^8..] : null)
            : null;
    }

    /// <summary>Reads the text of a QR: SAT's address or the bare expression, fields in any order. Null for anything else.</summary>
    public static CfdiQr? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.Length > MaxLength || text.IndexOf('?', StringComparison.Ordinal) is not (>= 0 and var query)) return null;
        if (query > 0 && !SatPage().IsMatch(text[..query])) return null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match field in Field().Matches(text[query..]))
            if (!fields.TryAdd(field.Groups["name"].Value, field.Groups["value"].Value)) return null;
        if (!Guid.TryParseExact(fields.GetValueOrDefault("id"), "D", out var uuid)) return null;
        if (Party(fields, "re") is not { } emisor || Party(fields, "rr") is not { } receptor) return null;
        if (XmlValues.ToAmount(fields.GetValueOrDefault("tt")?.TrimStart('0') is { } tt ? $"0{tt}" : null) is not { } total) return null;
        return new(uuid.ToString("D").ToUpperInvariant(), emisor, receptor, total, fields.GetValueOrDefault("fe"));
    }

    /// <summary>At most 6 decimals and at least one: 1000 is 1000.0.</summary>
    private static string Amount(decimal total) => total.ToString("0.0#####", CultureInfo.InvariantCulture);

    private static string Escape(string rfc) => rfc.Replace("&", "&amp;", StringComparison.Ordinal);

    private static string? Party(Dictionary<string, string> fields, string name)
    {
        if (!fields.TryGetValue(name, out var value)) return null;
        var rfc = Rfc.Inspect(value.Replace("&amp;", "&", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal));
        return rfc.FormatValid ? rfc.Rfc : null;
    }

    [GeneratedRegex(@"\Ahttps?://verificacfdi\.facturaelectronica\.sat\.gob\.mx/(default\.aspx)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex SatPage();

    // A value ends where the next known field begins, for an RFC may hold an '&' of its own.
    [GeneratedRegex(@"[?&](?<name>id|re|rr|tt|fe)=(?<value>.*?)(?=&(id|re|rr|tt|fe)=|\z)")]
    private static partial Regex Field();
}
