using System.Globalization;
using System.Text.RegularExpressions;
using System.Web;

namespace Invoicing.Tickets.Reading;

/// <summary>What QR and bar codes say beats what was read from the print: a code carries its own check.</summary>
internal static partial class CodeEvidence
{
    private const double Proven = .995;
    private const double Named = .97;
    private const double Carried = .93;

    /// <summary>Fields whose print a code may repeat.</summary>
    private static readonly string[] Repeatable = ["folio", "codigo_facturacion", "web_id", "id_venta", "ticket", "despacho", "tc", "tr", "transaccion", "referencia", "nota", "boleto", "localizador", "itu", "idw", "estacion", "sucursal"];

    /// <summary>Parameter names that mean the same wherever they were seen.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["folio"] = "folio", ["ticket"] = "ticket", ["webid"] = "web_id", ["web_id"] = "web_id", ["codigo"] = "codigo_facturacion", ["clave"] = "codigo_facturacion", ["estacion"] = "estacion", ["sucursal"] = "sucursal", ["tienda"] = "sucursal",
    };

    public static void Apply(IReadOnlyList<ReadCode> codes, IReadOnlyList<ReadUrl> urls, FieldBag fields)
    {
        foreach (var code in codes)
        {
            if (code.Format == "QR" && Uri.TryCreate(code.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            {
                ApplyQuery(HttpUtility.ParseQueryString(uri.Query), fields);
                if (!urls.Any(url => url.Url == uri.AbsoluteUri && url.Type is "generic_web" or "cfdi"))
                {
                    ApplyUnnamed(uri, fields);
                }
            }
            else
            {
                ApplyText(code, fields);
            }
        }
    }

    private static void ApplyQuery(System.Collections.Specialized.NameValueCollection query, FieldBag fields)
    {
        foreach (var name in query.AllKeys.OfType<string>())
        {
            var value = query[name] ?? "";
            if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && value.Contains('.', StringComparison.Ordinal))
            {
                ApplyTotal(name, amount, fields);
            }
            else if (value.Length is >= 3 and <= 40 && !Confirm(value, fields) && Known.TryGetValue(name, out var key))
            {
                SetOverGuess(key, value, fields);
            }
        }
    }

    /// <summary>What a QR carries under a name of its own, in its path or behind its #, where the slip prints no such code: portals open by it.</summary>
    private static void ApplyUnnamed(Uri uri, FieldBag fields)
    {
        var carried = Between().Split(Uri.UnescapeDataString(uri.PathAndQuery + uri.Fragment)).Where(part => Opaque().IsMatch(part) && !fields.Fields.Values.Any(field => LookAlikes.Same(field.Value, part))).Distinct().ToList();
        if (carried.Count > 0 && !InvoicingCode.Names.Any(name => fields[name] is { Confidence: > InvoicingCode.Unnamed }))
        {
            // Beside a number of the sale the code is the one with letters in it.
            var best = carried.OrderByDescending(part => part.Any(char.IsAsciiLetter)).ThenByDescending(part => part.Length).First();
            fields.Set(FieldNames.CodigoFacturacion, best, carried.Count == 1 ? Carried : .7, [.. carried]);
        }
    }

    private static void SetOverGuess(string key, string value, FieldBag fields)
    {
        if (fields[key] is not { Confidence: > InvoicingCode.Unnamed })
        {
            fields.Set(key, value, Named);
        }
    }

    private static void ApplyTotal(string name, decimal amount, FieldBag fields)
    {
        var value = Amounts.Format(amount);
        if (fields[FieldNames.Total]?.Value == value || fields[FieldNames.Total]?.Alternatives.Contains(value) == true || name is "t" or "tt" or "total")
        {
            fields.Set(FieldNames.Total, value, Proven);
        }
    }

    private static void ApplyText(ReadCode code, FieldBag fields)
    {
        if (!Confirm(code.Text, fields) && code.Format != "QR" && fields["folio"] is { } folio && code.Text.StartsWith(folio.Value, StringComparison.Ordinal))
        {
            fields.Set("folio", folio.Value, Proven);
        }

        if (code.Format != "QR")
        {
            fields.SetIfAbsent(FieldNames.CodigoBarras, code.Text, Proven);
        }
    }

    /// <summary>Puts right every field whose reading is the code's value but for a misread character or two.</summary>
    private static bool Confirm(string value, FieldBag fields)
    {
        var same = Repeatable.Where(key => fields[key] is { } field && IsReadingOf(field.Value, value)).ToList();
        foreach (var key in same)
        {
            fields.Set(key, value, Proven);
        }

        return same.Count > 0;
    }

    private static bool IsReadingOf(string read, string value)
    {
        if (LookAlikes.Same(read, value))
        {
            return true;
        }

        var allowed = value.Length >= 16 ? 2 : value.Length >= 7 ? 1 : 0;
        return read.Length == value.Length && read.Where((c, i) => c != value[i]).Count() <= allowed;
    }

    [GeneratedRegex(@"[/?&=#;]")]
    private static partial Regex Between();

    // Six and more with two digits, no amount, no date, no RFC: what is a word is no code.
    [GeneratedRegex(@"\A(?=(?:\D*\d){2})(?!\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4}|[A-Z&]{3,4}\d{6}[A-Z0-9]{3}\z)[A-Za-z0-9_\-]{6,40}\z")]
    private static partial Regex Opaque();
}
