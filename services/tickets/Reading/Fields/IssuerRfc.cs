using System.Text;
using Invoicing.Fiscal;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// The RFC of the merchant: read by its grammar (letters, date, homoclave), with look-alikes put right by position and by the check digit.
/// The customer's RFC, if printed, is not it.
/// </summary>
internal static class IssuerRfc
{
    private static readonly string[] CustomerWords = ["CLIENTE", "RECEPTOR", "FACTURAR A", "COMPRADOR", "PUBLICO EN GENERAL", "SU RFC", "TU RFC"];

    public static void Read(TicketPaper paper, FieldBag fields)
    {
        var found = Enumerable.Range(0, paper.Rows.Count)
            .Where(row => !IsCustomers(paper, row))
            .SelectMany(row => In(paper, row))
            .Where(seen => seen.Rfc is not (Rfc.Generico or Rfc.Extranjero))
            .OrderByDescending(seen => seen.Emisor).ThenByDescending(seen => seen.Labelled).ThenByDescending(seen => seen.Proven && !seen.Skipped)
            .ThenBy(seen => seen.Row).ThenBy(seen => seen.Cost).ToList();
        if (found.Count == 0)
        {
            return;
        }

        var best = found[0];
        var others = found.Where(seen => seen.Row == best.Row).Select(seen => seen.Rfc);
        fields.Set(FieldNames.RfcEmisor, best.Rfc, best.Confidence(paper), [.. others.Distinct().Take(4)]);
    }

    private static bool IsCustomers(TicketPaper paper, int row)
    {
        bool Speaks(int at) => Array.Exists(CustomerWords, word => paper.Plain[at].Contains(word, StringComparison.Ordinal));
        // "Datos del cliente" stands over the customer's rows; a merchant's name may hold the word only with its own RFC beside it.
        return Speaks(row) || (row > 0 && Speaks(row - 1) && !paper.Plain[row - 1].Contains("RFC", StringComparison.Ordinal));
    }

    private static IEnumerable<Seen> In(TicketPaper paper, int row)
    {
        foreach (var seen in In(paper.Plain[row], paper.Certain))
        {
            yield return seen with { Row = row };
        }

        // Another look at the same print may have read what the check digit proves.
        foreach (var seen in paper.Rows[row].Others.SelectMany(other => In(Skeleton.Plain(other), paper.Certain)))
        {
            yield return seen with { Row = row, Cost = seen.Cost + 1 };
        }
    }

    private static IEnumerable<Seen> In(string plain, bool certain)
    {
        var skeleton = Skeleton.Of(plain);
        var label = skeleton.Letters.IndexOf("PFC", StringComparison.Ordinal);
        var emisor = plain.Contains("EMISOR", StringComparison.Ordinal);
        if (label >= 0)
        {
            var after = skeleton.SourceOf(label + 2) + 1;
            foreach (var seen in Windows(Compact(plain[after..]), certain, maxStart: emisor ? 8 : 1))
            {
                yield return seen with { Labelled = true, Emisor = emisor };
            }

            yield break;
        }

        foreach (var word in plain.Split([' ', ':', ',', ';', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
        {
            var compact = Compact(word);
            // Without its label only a word that is an RFC from end to end, and proves itself, is one.
            foreach (var seen in compact.Length is 12 or 13 ? Windows(compact, certain, maxStart: 0).Where(seen => seen.Proven && seen.Rfc.Length == compact.Length) : [])
            {
                yield return seen;
            }
        }
    }

    /// <summary>Ñ survives only in certain text: the recogniser's alphabet has none, and the check digit brings it back.</summary>
    private static string Compact(string text) =>
        new([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '&' or 'Ñ' or '|' or '!')]);

    private static IEnumerable<Seen> Windows(string text, bool certain, int maxStart)
    {
        for (var start = 0; start <= maxStart; start++)
        {
            foreach (var length in new[] { 12, 13 })
            {
                if (start + length <= text.Length)
                {
                    foreach (var seen in Candidates(text.Substring(start, length), certain))
                    {
                        // A letter passed over may be the RFC's own first one: one guess in eleven passes the check digit.
                        yield return seen with { Cost = seen.Cost + start, Repairs = seen.Repairs + (start == 1 && char.IsLetter(text[0]) ? 1 : 0), Skipped = start == 1 && char.IsLetter(text[0]) };
                    }
                }
            }
        }
    }

    private static IEnumerable<Seen> Candidates(string raw, bool certain)
    {
        var placed = certain ? raw : Placed(raw);
        var inspection = Rfc.Inspect(placed);
        if (!inspection.FormatValid)
        {
            yield break;
        }

        var moved = placed.Where((c, i) => c != raw[i]).Count();
        yield return new Seen(placed, inspection.CheckDigitValid, moved, Repairs: 0);
        if (certain || inspection.CheckDigitValid)
        {
            yield break;
        }

        foreach (var (repaired, doubt) in Repaired(placed).Where(other => Rfc.Inspect(other.Rfc) is { FormatValid: true, CheckDigitValid: true }))
        {
            // One wrong guess in eleven passes the check digit: a weak likeness stays an alternative.
            yield return new Seen(repaired, Proven: doubt == 0, moved + 1 + doubt, Repairs: 1);
        }
    }

    /// <summary>Letters where letters stand, digits where the date stands.</summary>
    private static string Placed(string raw)
    {
        var letters = raw.Length - 9;
        var placed = new StringBuilder(raw);
        for (var i = 0; i < letters + 6; i++)
        {
            placed[i] = i < letters ? Letter(raw[i]) : LookAlikes.AsDigits(raw[i].ToString())[0];
        }

        // The last character is a digit or A.
        placed[^1] = placed[^1] == 'A' ? 'A' : LookAlikes.AsDigits(placed[^1].ToString())[0];
        return placed.ToString();
    }

    private static char Letter(char c) => c switch
    {
        '0' => 'O', '1' or '|' or '!' => 'I', '2' => 'Z', '5' => 'S', '6' => 'G', '8' => 'B', _ => c,
    };

    /// <summary>Every RFC that differs from the given one in a single look-alike; doubt 0 for a digit and letter of one shape, 1 for weaker likenesses.</summary>
    private static IEnumerable<(string Rfc, int Doubt)> Repaired(string rfc)
    {
        var letters = rfc.Length - 9;
        for (var i = 0; i < rfc.Length; i++)
        {
            if (i >= letters && i < letters + 6)
            {
                continue;
            }

            foreach (var other in i < letters ? LetterTwins(rfc[i]) : HomoclaveTwins(rfc[i]))
            {
                yield return (string.Concat(rfc.AsSpan(0, i), other.ToString(), rfc.AsSpan(i + 1)), IsCommon(rfc[i], other, i < letters) ? 0 : 1);
            }
        }
    }

    // Ñ is lost for certain, not by chance; digits and letters of one shape come next.
    private static bool IsCommon(char read, char other, bool letters) =>
        letters ? other == 'Ñ' : LookAlikes.Same(read.ToString(), other.ToString());

    private static string LetterTwins(char c) => c switch
    {
        'O' => "QDCG", 'Q' => "O", 'D' => "O", 'C' => "G", 'G' => "CO", 'P' => "RF", 'R' => "P", 'N' => "ÑM", 'M' => "N", 'I' => "LTJ", 'L' => "I", 'T' => "I", 'U' => "V", 'V' => "UY", 'E' => "F", 'F' => "EP", _ => "",
    };

    private static string HomoclaveTwins(char c) => c switch
    {
        'O' => "0QD", '0' => "OQD", 'Q' => "0O", 'D' => "0O", 'I' => "1", '1' => "IL", 'L' => "1", 'S' => "5", '5' => "S", 'B' => "8", '8' => "B", 'Z' => "2", '2' => "Z", 'G' => "6", '6' => "G", 'P' => "R", 'R' => "P", 'U' => "V", 'V' => "U", 'A' => "4", '4' => "A", _ => "",
    };

    private sealed record Seen(string Rfc, bool Proven, int Cost, int Repairs, int Row = 0, bool Labelled = false, bool Emisor = false, bool Skipped = false)
    {
        public double Confidence(TicketPaper paper) => (Proven, Repairs) switch
        {
            _ when Skipped => .5,
            (true, 0) => .99,
            (true, _) => Math.Min(paper.Rows[Row].Confidence, .9),
            _ => Math.Min(paper.Rows[Row].Confidence, paper.Certain ? .9 : .5),
        };
    }
}
