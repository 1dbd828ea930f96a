namespace Invoicing.Tickets.Reading;

/// <summary>A label in a row: the source text between <paramref name="Start"/> and <paramref name="End"/>.</summary>
internal readonly record struct FoundLabel(TicketLabel Label, int Start, int End);

/// <summary>Finds labels in a folded row, longest first, never overlapping.</summary>
internal static class LabelSearch
{
    private static readonly TicketLabel[] LongestFirst = [.. TicketLabels.All.OrderByDescending(label => label.Letters.Length)];

    /// <summary>A shorter label with a wrong letter may be any word.</summary>
    private const int LeastCrooked = 5;

    private const int LongLabel = 10;

    /// <summary>Of this many letters one may be wrong or lost: the recogniser hardly knows ó.</summary>
    private const int LettersALoss = 8;

    /// <summary>In the order of the row.</summary>
    /// <param name="certain">False: print that was recognised, where a letter of a label may be wrong (TICIET: 802666).</param>
    public static List<FoundLabel> In(Skeleton row, bool certain)
    {
        var found = new List<FoundLabel>();
        foreach (var label in LongestFirst)
        {
            for (var at = Next(row, label, 0); at >= 0; at = Next(row, label, at + 1))
            {
                AddFree(found, row, label, at, label.Letters.Length);
            }

            // Before the shorter labels inside it: REFERENCIA DE FACTURACI6N is no REFERENCIA.
            if (!certain && label.Letters.Length >= LongLabel && Nearly(row, label) is var (start, length))
            {
                AddFree(found, row, label, start, length);
            }
        }

        foreach (var label in certain ? [] : LongestFirst.Where(label => label.Letters.Length is >= LeastCrooked and < LongLabel))
        {
            foreach (var at in Crooked(row, label))
            {
                AddFree(found, row, label, at, label.Letters.Length);
            }
        }

        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    private static void AddFree(List<FoundLabel> found, Skeleton row, TicketLabel label, int at, int length)
    {
        var span = new FoundLabel(label, row.SourceOf(at), row.SourceOf(at + length - 1) + 1);
        if (!found.Exists(other => span.Start < other.End && other.Start < span.End))
        {
            found.Add(span);
        }
    }

    /// <summary>Where a long label begins a word and stands but for two letters, which may be lost: the recogniser hardly knows ó.</summary>
    private static (int At, int Length)? Nearly(Skeleton row, TicketLabel label)
    {
        var most = label.Letters.Length / LettersALoss;
        for (var at = 0; at + label.Letters.Length - most <= row.Letters.Length; at++)
        {
            if (LetterOrDigit(row.Source, row.SourceOf(at) - 1))
            {
                continue;
            }

            for (var length = Math.Min(label.Letters.Length, row.Letters.Length - at); length >= label.Letters.Length - most; length--)
            {
                if (IsWords(row.Source, row.SourceOf(at), row.SourceOf(at + length - 1)) && FuzzySharp.Levenshtein.EditDistance(row.Letters.Substring(at, length), label.Letters) <= most)
                {
                    return (at, length);
                }
            }
        }

        return null;
    }

    /// <summary>Whole words, none of digits alone or behind a colon: those are a value, however many letters of the label were lost.</summary>
    private static bool IsWords(string text, int first, int last) =>
        !LetterOrDigit(text, last + 1) && !text.AsSpan(first, last - first).Contains(':') && text[first..(last + 1)].Split([' ', ':', '.', '-', '#'], StringSplitOptions.RemoveEmptyEntries).All(word => word.Any(char.IsLetter));

    /// <summary>Where the label stands but for a letter. It must be a word of its own with a colon behind it: other words are as near.</summary>
    private static IEnumerable<int> Crooked(Skeleton row, TicketLabel label)
    {
        var length = label.Letters.Length;
        for (var at = 0; at + length <= row.Letters.Length; at++)
        {
            var wrong = 0;
            for (var i = 0; i < length && wrong < 2; i++)
            {
                wrong += row.Letters[at + i] == label.Letters[i] ? 0 : 1;
            }

            var (first, last) = (row.SourceOf(at), row.SourceOf(at + length - 1));
            if (wrong <= 1 && !LetterOrDigit(row.Source, first - 1) && row.Source.AsSpan(last + 1).TrimStart() is [':' or '#', ..] && last - first < 2 * length)
            {
                yield return at;
            }
        }
    }

    /// <summary>Where a word stands in a row as a word of its own, or -1.</summary>
    public static int WordIn(Skeleton row, string letters, int from = 0)
    {
        for (var at = row.Letters.IndexOf(letters, from, StringComparison.Ordinal); at >= 0; at = row.Letters.IndexOf(letters, at + 1, StringComparison.Ordinal))
        {
            if (StandsAlone(row, at, letters, gluedFrom: int.MaxValue))
            {
                return at;
            }
        }

        return -1;
    }

    private static int Next(Skeleton row, TicketLabel label, int from)
    {
        for (var at = row.Letters.IndexOf(label.Letters, from, StringComparison.Ordinal); at >= 0; at = row.Letters.IndexOf(label.Letters, at + 1, StringComparison.Ordinal))
        {
            if (StandsAlone(row, at, label.Phrase, gluedFrom: label.Shape == ValueShape.Code ? 5 : 8))
            {
                return at;
            }
        }

        return -1;
    }

    /// <param name="phrase">The label as it is printed.</param>
    /// <param name="gluedFrom">Labels of this many letters are trusted although a letter follows at once: the recogniser drops blanks.</param>
    private static bool StandsAlone(Skeleton row, int at, string phrase, int gluedFrom)
    {
        var length = Skeleton.Of(phrase).Letters.Length;
        var (first, last) = (row.SourceOf(at), row.SourceOf(at + length - 1));
        var (before, after) = (Letter(row.Source, first - 1), Letter(row.Source, last + 1));
        if (row.Source[last] == '#')
        {
            return !before;
        }

        // Two letters inside a long number are digits that look like letters (10 in 4510).
        var source = row.Source.AsSpan(first, last + 1 - first);
        // Ticket:N-000173 has no "ticket no".
        if (phrase.EndsWith(" NO", StringComparison.Ordinal) && last - row.SourceOf(at + length - 2) != 1)
        {
            return false;
        }

        var digitsOnly = source.IndexOfAnyExceptInRange('0', '9') < 0;
        return !before && !digitsOnly && (!after || length >= gluedFrom) && !InsideCode(row.Source, first, last, phrase, length);
    }

    /// <summary>A few letters amid a code are part of it: 1KL in 49CKF01KL74 is no TKT, nor is LKL in LKL86; TKT86 is one.</summary>
    private static bool InsideCode(string row, int first, int last, string phrase, int length) => length switch
    {
        <= 2 => LetterOrDigit(row, first - 1, last + 1),
        <= 4 => LetterOrDigit(row, first - 1)
            || (LetterOrDigit(row, last + 1) && !row.AsSpan(first, last + 1 - first).Equals(phrase, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static bool Letter(string text, int at) => at >= 0 && at < text.Length && char.IsLetter(text[at]);

    private static bool LetterOrDigit(string text, params ReadOnlySpan<int> places)
    {
        foreach (var at in places)
        {
            if (at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                return true;
            }
        }

        return false;
    }
}
