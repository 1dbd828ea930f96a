using Invoicing.Fiscal;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// The RFC of the merchant: read by its grammar (letters, date, homoclave), with look-alikes put right by position and by the check digit.
/// The customer's RFC, if printed, is not it.
/// </summary>
internal static class IssuerRfc
{
    private static readonly string[] Labels = ["PFC", Skeleton.Of("CONTRIBUYENTES").Letters, Skeleton.Of("CONTRIBUYENTE").Letters, Skeleton.Of("FED CONTRIB").Letters, Skeleton.Of("FED CONT").Letters, Skeleton.Of("FED CAUSANTES").Letters];

    /// <summary>In a row read less surely a letter that nothing proves may be another one.</summary>
    private const double WellRead = .9;

    /// <summary>The share of the likeliest RFC among all that the recogniser nearly said, from which it is taken before what rules make of what it said.</summary>
    private const double Likelier = .5;

    private const double MostTold = .9;

    private static readonly string[] CustomerWords = ["CLIENTE", "RECEPTOR", "FACTURAR A", "COMPRADOR", "PUBLICO EN GENERAL", "SU RFC", "TU RFC"];

    public static void Read(TicketPaper paper, FieldBag fields)
    {
        var found = Enumerable.Range(0, paper.Rows.Count)
            .Where(row => !IsCustomers(paper, row))
            .SelectMany(row => In(paper, row))
            .Where(seen => seen.Rfc is not (Rfc.Generico or Rfc.Extranjero))
            .OrderByDescending(seen => seen.Emisor).ThenByDescending(seen => seen.Labelled).ThenByDescending(seen => seen.Proven && !seen.Skipped)
            .ThenBy(seen => seen.Row).ThenBy(seen => seen.Skipped).ThenByDescending(seen => seen.Checked).ThenBy(seen => seen.Cost).ToList();
        var best = found.FirstOrDefault();
        var others = found.Where(seen => seen.Row == best!.Row).Select(seen => seen.Rfc);
        // What was said proves itself, or what was nearly said is asked.
        if (!(best is { Proven: true, Repairs: 0, Skipped: false } || paper.Certain) && RfcTrace.In(paper, row => !IsCustomers(paper, row)) is [var (told, share), .. var rest] && (best is null || best.Rfc == told || share >= Likelier))
        {
            fields.Set(FieldNames.RfcEmisor, told, Math.Max(best?.Rfc == told ? best.Confidence(paper) : 0, MostTold * share), [.. rest.Select(one => one.Rfc).Concat(others).Distinct().Take(4)]);
        }
        else if (best is not null)
        {
            fields.Set(FieldNames.RfcEmisor, best.Rfc, best.Confidence(paper), [.. others.Distinct().Take(4)]);
        }
    }

    private static bool IsCustomers(TicketPaper paper, int row)
    {
        bool Speaks(int at) => Array.Exists(CustomerWords, word => paper.Plain[at].Contains(word, StringComparison.Ordinal));
        // "Datos del cliente" stands over the customer's rows; a merchant's name may hold the word only with its own RFC beside it.
        return Speaks(row) || (row > 0 && Speaks(row - 1) && LabelEnd(paper.Skeletons[row - 1]) is null);
    }

    private static IEnumerable<Seen> In(TicketPaper paper, int row)
    {
        // Another look at the same print may have read what the check digit proves, or the character that is wrong here.
        var looks = paper.Rows[row].Others.Select(Skeleton.Plain).Prepend(paper.Plain[row]).ToList();
        var doubts = paper.Rows[row].Doubts.Select(Skeleton.Plain).ToList();
        var words = looks.Concat(doubts).Select(Compact).ToList();
        // One with a character more is not to be had by exchange.
        looks.AddRange(doubts.Where(doubt => Compact(doubt).Length > words[0].Length));
        for (var look = 0; look < looks.Count; look++)
        {
            foreach (var seen in In(looks[look], paper.Certain, words))
            {
                yield return seen with { Row = row, Cost = seen.Cost + Math.Min(look, 1) };
            }
        }
    }

    private static IEnumerable<Seen> In(string plain, bool certain, IReadOnlyList<string> looks)
    {
        var skeleton = Skeleton.Of(plain);
        var emisor = skeleton.Letters.Contains("EMISOP", StringComparison.Ordinal);
        if (LabelEnd(skeleton) is { } after)
        {
            var text = Compact(plain[after..]);
            foreach (var seen in Windows(text, certain, emisor ? 8 : 1, looks).Concat(WithoutLast(text, certain)))
            {
                yield return seen with { Labelled = true, Emisor = emisor };
            }

            yield break;
        }

        foreach (var word in plain.Split([' ', ':', ',', ';', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
        {
            var compact = Compact(word);
            // Without its label only a word that is an RFC from end to end, and proves itself, is one.
            foreach (var seen in compact.Length is 12 or 13 ? Windows(compact, certain, 0, looks).Where(seen => seen.Proven && seen.Rfc.Length == compact.Length) : [])
            {
                // R.F.C.TPR961004ZEA in bad print: a letter of the label may be the first one, and the check digit right by chance.
                yield return word.IndexOf('.', StringComparison.Ordinal) is >= 0 and < 4 ? seen with { Proven = false, Repairs = RfcRepair.MostCost } : seen;
            }
        }
    }

    /// <summary>Behind RFC, Reg. Fed. Contrib. or Registro Federal de Contribuyentes.</summary>
    internal static int? LabelEnd(Skeleton row) =>
        Labels.Select(label => (Letters: label, At: row.Letters.IndexOf(label, StringComparison.Ordinal))).Where(found => found.At >= 0)
            .Select(found => (int?)row.SourceOf(found.At + found.Letters.Length - 1) + 1).FirstOrDefault();

    /// <summary>Ñ survives only in certain text: the recogniser's alphabet has none, and the check digit brings it back.</summary>
    private static string Compact(string text) =>
        new([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '&' or 'Ñ' or '|' or '!')]);

    private static IEnumerable<Seen> Windows(string text, bool certain, int maxStart, IReadOnlyList<string> looks)
    {
        for (var start = 0; start <= maxStart; start++)
        {
            foreach (var length in new[] { 12, 13 })
            {
                if (start + length <= text.Length)
                {
                    foreach (var seen in Candidates(text.Substring(start, length), certain, looks))
                    {
                        // A letter passed over may be the RFC's own first one: one guess in eleven passes the check digit.
                        yield return seen with { Cost = seen.Cost + start, Repairs = seen.Repairs + (start == 1 && char.IsLetter(text[0]) ? 1 : 0), Skipped = start == 1 && char.IsLetter(text[0]) };
                    }
                }
            }
        }
    }

    /// <summary>All but the last character, which follows from the others: nothing proves them.</summary>
    private static IEnumerable<Seen> WithoutLast(string text, bool certain)
    {
        var placed = certain || text.Length is not (11 or 12) ? "" : RfcRepair.Placed(text + "0")[..^1];
        if (Rfc.CheckDigit(placed + "0") is { } last && Rfc.Inspect(placed + last).FormatValid)
        {
            yield return new Seen(placed + last, Proven: false, Checked: true, RfcRepair.MostCost, Repairs: RfcRepair.MostCost);
        }
    }

    private static IEnumerable<Seen> Candidates(string raw, bool certain, IReadOnlyList<string> looks)
    {
        var placed = certain ? raw : RfcRepair.Placed(raw);
        var inspection = Rfc.Inspect(placed);
        var moved = placed.Where((c, i) => c != raw[i]).Count();
        if (inspection.FormatValid)
        {
            yield return new Seen(placed, inspection.CheckDigitValid, inspection.CheckDigitValid, moved, Repairs: 0);
        }

        if (certain || inspection.CheckDigitValid)
        {
            yield break;
        }

        var near = RfcRepair.Near(placed, looks);
        foreach (var (rfc, cost) in near.Take(4))
        {
            // One wrong guess in eleven passes the check digit: a guess that has rivals as good stays a doubt.
            var alone = near.Count == 1 || near[1].Cost > near[0].Cost;
            yield return new Seen(rfc, Proven: cost == RfcRepair.Like && alone, Checked: true, moved + cost, Repairs: cost + (alone ? 0 : 1));
        }
    }

    private sealed record Seen(string Rfc, bool Proven, bool Checked, int Cost, int Repairs, int Row = 0, bool Labelled = false, bool Emisor = false, bool Skipped = false)
    {
        public double Confidence(TicketPaper paper) => (Proven, Repairs) switch
        {
            _ when Skipped => .5,
            // The letter before the last of the name has the weight 11 of 11: the check digit is the same whatever stands there.
            (true, 0) => paper.Certain || paper.Rows[Row].Confidence >= WellRead ? .99 : .9,
            (_, > 0 and <= RfcRepair.Like) => Math.Min(paper.Rows[Row].Confidence, .9),
            (_, > 0 and <= 2 * RfcRepair.Like) => Math.Min(paper.Rows[Row].Confidence, .7),
            (_, > 0) => Math.Min(paper.Rows[Row].Confidence, .6),
            _ => Math.Min(paper.Rows[Row].Confidence, paper.Certain ? .9 : .5),
        };
    }
}
