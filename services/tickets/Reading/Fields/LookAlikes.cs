namespace Invoicing.Tickets.Reading;

/// <summary>Characters that print and recogniser confuse, and the other readings of a code that follow from them.</summary>
internal static class LookAlikes
{
    private const int MaxAlternatives = 6;
    private const int MaxDoubtfulPlaces = 4;

    /// <summary>From here on what is mostly capitals is a code and no word.</summary>
    private const int LongCode = 8;

    /// <summary>Confusable letters as digits, other characters as they are.</summary>
    public static string AsDigits(string text) => string.Concat(text.Select(Digit));

    /// <summary>True when the text would be a number if its confusable letters were digits, and at least half of it already is.</summary>
    public static bool IsProbablyNumber(string text) =>
        text.Count(char.IsAsciiDigit) * 2 >= text.Length && text.All(c => char.IsAsciiDigit(Digit(c)) || c is '-');

    /// <summary>Same code but for characters that look alike.</summary>
    public static bool Same(string a, string b) => AsDigits(a.ToUpperInvariant()) == AsDigits(b.ToUpperInvariant());

    /// <summary>
    /// Other readings of a code of letters and digits: every O/0, I/1… may be the other one. Pure numbers have none: a digit read among
    /// digits is a digit.
    /// </summary>
    public static IReadOnlyList<string> Alternatives(string code)
    {
        // A series is a letter more often than a digit: 8-28372 may be B-28372.
        var series = code.Length > 5 && code[1] == '-' && Twin(code[0]) != code[0];
        if (!series && (!code.Any(char.IsLetter) || !code.Any(char.IsAsciiDigit)))
        {
            return [];
        }

        if (series && !code.Any(char.IsLetter))
        {
            return [Twin(code[0]) + code[1..]];
        }

        var places = Enumerable.Range(0, code.Length).Where(i => Twin(code[i]) != code[i]).OrderBy(i => Doubt(code[i])).Take(MaxDoubtfulPlaces).ToList();
        return [.. Enumerable.Range(1, Math.Max(0, (1 << places.Count) - 1))
            .OrderBy(mask => int.PopCount(mask)).ThenBy(mask => mask)
            .Select(mask => Swapped(code, places, mask)).Take(MaxAlternatives)];
    }

    private static string Swapped(string code, List<int> places, int mask)
    {
        var letters = code.ToCharArray();
        for (var bit = 0; bit < places.Count; bit++)
        {
            if ((mask & (1 << bit)) != 0)
            {
                letters[places[bit]] = Twin(letters[places[bit]]);
            }
        }

        return new string(letters);
    }

    /// <summary>A code in capitals stays one where letters of one shape were read as small ones, CVD9Pxc6; a small i or l amid it is a one.</summary>
    public static string InCapitals(string code)
    {
        var ones = code.Length >= LongCode && code.Count(char.IsAsciiLetterUpper) * 2 > code.Length ? code.Replace('i', '1').Replace('l', '1') : code;
        return ones.Any(char.IsAsciiLetterUpper) && ones.Any(char.IsAsciiDigit) && ones.Where(char.IsAsciiLetterLower).All(c => "cosuvwxz".Contains(c, StringComparison.Ordinal)) ? ones.ToUpperInvariant() : ones;
    }

    // O/0 is six of ten confusions seen, 1/I two more.
    private static int Doubt(char c) => c is 'O' or '0' ? 0 : c is 'I' or '1' or 'L' ? 1 : 2;

    private static char Digit(char c) => c switch
    {
        'O' or 'o' or 'Q' or 'D' => '0',
        'I' or 'l' or 'L' or '|' or 'i' or '!' => '1',
        'Z' or 'z' => '2',
        'S' or 's' => '5',
        'G' => '6',
        'B' => '8',
        _ => c,
    };

    private static char Twin(char c) => c switch
    {
        'O' => '0', '0' => 'O', 'I' => '1', '1' => 'I', 'L' => '1', 'S' => '5', '5' => 'S', 'B' => '8', '8' => 'B', 'Z' => '2', '2' => 'Z', _ => c,
    };
}
