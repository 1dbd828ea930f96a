using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.Fiscal;

/// <summary>Registro Federal de Contribuyentes: grammar, kind and check digit.</summary>
public static partial class Rfc
{
    /// <summary>Sales to nobody in particular ("público en general").</summary>
    public const string Generico = "XAXX010101000";

    /// <summary>Sales to a foreigner without an RFC.</summary>
    public const string Extranjero = "XEXX010101000";

    private const string Values = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
    private const int MaxInput = 64;

    /// <summary>Trimmed, upper case, Ñ as one character. Inner blanks and hyphens stay: dropping them is the user's decision.</summary>
    public static string Normalise(string rfc)
    {
        ArgumentNullException.ThrowIfNull(rfc);
        var text = rfc.Trim().Replace("N\u0303", "Ñ", StringComparison.Ordinal).Replace("n\u0303", "Ñ", StringComparison.Ordinal);
        return string.Create(text.Length, text, (upper, from) =>
        {
            for (var i = 0; i < upper.Length; i++) upper[i] = Upper(from[i]);
        });
    }

    // Unicode's own upper case would turn look-alikes (the long s, U+017F) into the letters they imitate.
    private static char Upper(char c) => c is >= 'a' and <= 'z' ? (char)(c - 'a' + 'A') : c == 'ñ' ? 'Ñ' : c;

    /// <summary>Judges any text, however hostile; never throws for its content.</summary>
    public static RfcInspection Inspect(string rfc)
    {
        var normal = Normalise(rfc);
        var reasons = FormatReasons(normal);
        if (reasons.Count > 0) return new(normal, FormatValid: false, Kind: null, CheckDigitValid: false, reasons);
        var digit = CheckDigit(normal);
        var digitValid = digit == normal[^1];
        if (normal == Generico) reasons.Add("Es el RFC genérico de público en general; no identifica a un contribuyente.");
        else if (normal == Extranjero) reasons.Add("Es el RFC genérico de extranjeros; no identifica a un contribuyente.");
        else if (!digitValid) reasons.Add($"El dígito verificador no coincide (se esperaba {digit}); revise que no haya un error de captura.");
        return new(normal, FormatValid: true, KindOf(normal), digitValid, reasons);
    }

    /// <summary>
    /// The last character that the ones before it call for. Takes a whole RFC (12 or 13 characters), its last one may be
    /// anything; null when the length or a character does not belong in an RFC.
    /// </summary>
    public static char? CheckDigit(string rfc)
    {
        ArgumentNullException.ThrowIfNull(rfc);
        if (rfc.Length is not (12 or 13)) return null;
        // A company's RFC counts as if it began with a blank: value 37, weight 13.
        var sum = rfc.Length == 12 ? 481 : 0;
        for (var i = 0; i < rfc.Length - 1; i++)
        {
            var value = Values.IndexOf(rfc[i], StringComparison.Ordinal);
            if (value < 0) return null;
            sum += value * (rfc.Length - i);
        }

        return (11 - (sum % 11)) switch { 10 => 'A', 11 => '0', var digit => (char)('0' + digit) };
    }

    private static List<string> FormatReasons(string rfc)
    {
        if (rfc.Length == 0) return ["El RFC está vacío."];
        if (rfc.Length > MaxInput) return ["El RFC es demasiado largo: lleva 12 o 13 caracteres."];
        var foreign = rfc.Where(c => !IsRfcLetter(c) && !char.IsAsciiDigit(c) && c is not (' ' or '-')).Distinct().ToList();
        if (foreign.Count > 0)
            return [$"El RFC contiene caracteres que no le pertenecen, aunque lo parezcan: {string.Join(", ", foreign.Select(c => $"U+{(int)c:X4}"))}."];
        if (rfc.AsSpan().IndexOfAny(' ', '-') >= 0) return ["El RFC se escribe sin espacios ni guiones."];
        if (rfc.Length is not (12 or 13)) return [$"El RFC lleva 12 caracteres (persona moral) o 13 (persona física); éste tiene {rfc.Length}."];
        if (!Grammar().IsMatch(rfc)) return ["El RFC no tiene la forma de 3 o 4 letras, 6 dígitos de fecha y 3 de homoclave."];
        return HasDate(rfc) ? [] : [$"Los dígitos {rfc[^9..^3]} del RFC no forman una fecha (AAMMDD)."];
    }

    private static bool IsRfcLetter(char c) => c is (>= 'A' and <= 'Z') or 'Ñ' or '&';

    // The century is not written: 29 February is checked against 20YY, and 2000 was a leap year.
    private static bool HasDate(string rfc) =>
        DateOnly.TryParseExact("20" + rfc[^9..^3], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static RfcKind KindOf(string rfc) => rfc switch
    {
        Generico => RfcKind.Generico,
        Extranjero => RfcKind.Extranjero,
        { Length: 13 } => RfcKind.Fisica,
        _ => RfcKind.Moral,
    };

    [GeneratedRegex(@"\A[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{2}[A0-9]\z")]
    private static partial Regex Grammar();
}
