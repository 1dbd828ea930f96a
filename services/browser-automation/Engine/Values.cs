using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A value in the format a field asks for, and whether two writings are the same value.</summary>
public static class Values
{
    public static string For(string canonical, string value, Field field) => canonical switch
    {
        "fecha" => Date(value, field),
        "hora" => value.Length >= 5 ? value[..5] : value,
        "total" or "subtotal" => Amount(value)?.ToString("0.00", CultureInfo.InvariantCulture) ?? value,
        "regimen_fiscal" or "uso_cfdi" or "forma_pago" or "metodo_pago" => value,
        "razon_social" or "rfc" or "homoclave" => value,
        // What is chosen from a list, or names a place, is no code.
        _ when field.Kind is FieldKind.Select or FieldKind.Combo or FieldKind.Typeahead || Vocabulary.Find(canonical)?.Place == true => value,
        _ when Vocabulary.IsGroup(canonical, "ticket") || canonical == "dato" => Code(value, field),
        _ => value,
    };

    /// <summary>Pesos from "$1,234.50", null when it is no amount.</summary>
    public static decimal? Amount(string? text) =>
        decimal.TryParse((text ?? "").Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    /// <summary>What stands in the field means the wanted value, whatever mask the portal put around it.</summary>
    public static bool Same(string canonical, string wanted, string written)
    {
        if (wanted == written)
        {
            return true;
        }

        return canonical switch
        {
            "total" or "subtotal" => Amount(wanted) is { } a && Amount(written) == a,
            "correo" or "correo_confirmacion" => string.Equals(wanted, written.Trim(), StringComparison.OrdinalIgnoreCase),
            "fecha" => Digits(wanted) == Digits(written),
            "razon_social" or "nombres" or "apellido_paterno" or "apellido_materno" or "apellidos" => string.Equals(wanted.Trim(), written.Trim(), StringComparison.OrdinalIgnoreCase),
            "rfc" or "homoclave" => string.Equals(wanted, written.Replace("-", "", StringComparison.Ordinal).Trim(), StringComparison.OrdinalIgnoreCase),
            _ => Words.Code(wanted) == Words.Code(written) && Words.Code(wanted).Length > 0,
        };
    }

    /// <summary>The day a move wants written, null when it is none.</summary>
    public static DateOnly? DayOf(Move.Fill move) => move.Canonical == "fecha" && DateOnly.TryParseExact(move.Value, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static readonly string[] Shapes = ["yyyy-MM-dd", "dd/MM/yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyy/MM/dd", "dd/MM/yy"];

    private static string Date(string value, Field field)
    {
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return value;
        }

        if (field.Type is "date" or "datetime-local" or "month")
        {
            return field.Type == "date" ? value : field.Type == "month" ? value[..7] : $"{value}T12:00";
        }

        var hint = $"{field.Placeholder} {field.Title} {field.Label} {field.Near}".ToLowerInvariant().Replace('a', 'y');
        var shape = Regex.Match(hint, @"(dd|mm|yyyy|yy)([/\-. ])(dd|mm)\2(dd|yyyy|yy)");
        return day.ToString(shape.Success ? shape.Value.Replace("m", "M", StringComparison.Ordinal) : "dd/MM/yyyy", CultureInfo.InvariantCulture);
    }

    private static string Code(string value, Field field)
    {
        // Upper and lower case may differ in meaning: only separators are left out.
        var bare = new string([.. value.Where(char.IsLetterOrDigit)]);
        string[] candidates = [value.Replace(" ", "", StringComparison.Ordinal), value, bare, Shaped(bare, field.Placeholder), Words.Code(value)];
        if (field.Pattern is not null && candidates.FirstOrDefault(c => IsOfPattern(c, field)) is { } fitting)
        {
            return fitting;
        }

        if (candidates[3] != bare && field.MaxLength == candidates[3].Length)
        {
            return candidates[3];
        }

        return field.MaxLength is { } max && candidates[0].Length > max ? bare : candidates[0];
    }

    /// <summary>The field's pattern takes the value, or is none that can be judged.</summary>
    public static bool IsOfPattern(string value, Field field)
    {
        try
        {
            return field.Pattern is null || Regex.IsMatch(value, $"^(?:{field.Pattern})$", RegexOptions.None, TimeSpan.FromMilliseconds(200));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    // "1234-5678-9101-1" or "____-____": the code with the example's separators, where it has as many characters.
    private static string Shaped(string code, string example)
    {
        bool Stands(char c) => char.IsLetterOrDigit(c) || c is '_' or '#' or '*';
        if (example.Count(Stands) != code.Length || !example.Any(c => c is '-' or '/' or '.') || example.Contains(' ', StringComparison.Ordinal))
        {
            return code;
        }

        var at = 0;
        return new string([.. example.Select(c => Stands(c) ? code[at++] : c)]);
    }

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit).Order()]);
}
