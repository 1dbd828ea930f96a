using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>The bank's own slip on a ticket: its total, terminal, reference and date are the bank's, not the till's.</summary>
internal static partial class BankSlip
{
    /// <summary>One such word may stand on any ticket.</summary>
    private const int LeastMarks = 2;

    /// <summary>Rows between two marks of one slip.</summary>
    private const int MostBetween = 6;

    /// <summary>From its first mark to its last; empty for most tickets.</summary>
    public static IReadOnlySet<int> RowsOf(TicketPaper paper)
    {
        var marks = Enumerable.Range(0, paper.Rows.Count).Where(row => Mark().IsMatch(paper.Plain[row])).ToList();
        var between = marks.Zip(marks.Skip(1)).Where(pair => pair.Second - pair.First <= MostBetween);
        return marks.Count < LeastMarks ? new HashSet<int>() : between.SelectMany(pair => Enumerable.Range(pair.First, pair.Second - pair.First + 1)).ToHashSet();
    }

    [GeneratedRegex(@"\bAR[QO]C|\bAID\W?A?\d{5}|\bAFILIACI[O0]N|\b[CG][O0]MERCI[O0]\W*\d{6}|\bA[UO]T(?:[O0]RIZACI[O0]N)?\W*[\dB]{6}|\bAPR[O0]BAD[AO]|\bAUT[O0]RIZAD[AO] SIN|X{4} ?X{4}|\b[O0]P\W? ?\d{9,}|\A\W*(?:BAN[O0]RTE|BBVA|SANTANDER|BANAMEX|HSBC|INBURSA|GETNET|CLIP|AFIRME|SC[O0]TIABANK|BANC[O0]MER|MERCAD[O0] PAG[O0])\b[A-Z ]{0,10}\W*\z")]
    private static partial Regex Mark();
}
