using System.Globalization;
using System.Text;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// A row reduced to what survives bad print: upper case, no accents, no blanks, and one letter for all that the recogniser confuses
/// (0QD→O, 1L|!T→I, 5→S, 8→B, 2→Z, 6→G, R→P). Labels are looked up in this form: FOLIO was read F0110 and Fo1i0.
/// </summary>
internal sealed class Skeleton
{
    private readonly int[] origin;

    private Skeleton(string source, string letters, int[] origin)
    {
        Source = source;
        Letters = letters;
        this.origin = origin;
    }

    public string Source { get; }

    /// <summary>Folded letters; of the punctuation only # stays, which ends short labels (TC#, TR#).</summary>
    public string Letters { get; }

    public static Skeleton Of(string source)
    {
        var letters = new StringBuilder(source.Length);
        var origin = new List<int>(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (Fold(source[i]) is { } letter)
            {
                letters.Append(letter);
                origin.Add(i);
            }
        }

        return new Skeleton(source, letters.ToString(), [.. origin]);
    }

    /// <summary>Position in the source of a folded letter.</summary>
    public int SourceOf(int index) => origin[index];

    /// <summary>Upper case without accents; blanks and punctuation as they are.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(char.ToUpperInvariant(c));
            }
        }

        return plain.ToString();
    }

    private static char? Fold(char c)
    {
        var upper = char.ToUpperInvariant(c);
        return upper switch
        {
            '0' or 'Q' or 'D' or 'Ó' or 'Ò' or 'Ö' => 'O',
            '1' or 'L' or '|' or '!' or 'T' or 'Í' or 'Ì' => 'I',
            '5' => 'S',
            '8' => 'B',
            '2' => 'Z',
            '6' => 'G',
            'R' => 'P',
            'Á' or 'À' => 'A',
            'É' or 'È' => 'E',
            'Ú' or 'Ü' => 'U',
            'Ñ' => 'N',
            '#' => '#',
            _ => char.IsAsciiLetterOrDigit(upper) ? upper : null,
        };
    }
}
