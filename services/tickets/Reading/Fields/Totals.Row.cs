using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

// The row that says what the sale came to.
internal static partial class Totals
{
    private static readonly string[] NotTheTotal =
    [
        "ARTICULO", "ART.", "PIEZA", "PZAS", "PRODUCTO", "IVA", "I.V.A", "IMPUESTO", "DESCUENTO", "AHORRO", "PUNTOS", "LITROS", "IEPS", "PROPINA", "EFECTIVO", "CAMBIO", "UNIDADES", "BRUTO", "ANTES DE", "RETIRO", "SALDO",
    ];

    private static readonly (string Letters, int Rank)[] TotalWords =
    [
        .. new[] { "TOTAL A PAGAR", "TOTAL PAGADO", "MONTO PAGADO", "IMPORTE PAGADO", "TARIFA TOTAL", "IMPORTE TOTAL", "MONTO TOTAL", "GRAN TOTAL", "VENTA TOTAL", "TOTAL DE LA COMPRA", "TOTAL VENTA", "TOTAL MN", "TOTAL MXN", "NETO A PAGAR" }.Select(word => (Skeleton.Of(word).Letters, 1)),
        (Skeleton.Of("TOTAL").Letters, 2),
        .. new[] { "IMPORTE A PAGAR", "MONTO A PAGAR", "IMPORTE", "MONTO" }.Select(word => (Skeleton.Of(word).Letters, 3)),
    ];

    /// <summary>The till's; the bank's slip may have cash on it, and speaks where the till's row is not to be read.</summary>
    private static Reading? Total(TicketPaper paper, int? subtotalRow)
    {
        var bank = BankSlip.RowsOf(paper);
        return Total(paper, subtotalRow, [.. Enumerable.Range(0, paper.Rows.Count).Where(row => !bank.Contains(row))])
            ?? Total(paper, subtotalRow, [.. bank]);
    }

    private static Reading? Total(TicketPaper paper, int? subtotalRow, List<int> rows)
    {
        foreach (var group in TotalWords.GroupBy(word => word.Rank))
        {
            var found = rows
                .Where(row => row != subtotalRow && IsTotalRow(paper, row, group.Select(word => word.Letters)))
                .Select(row => AmountAt(paper, row, group.Key == 3 ? .7 : .97)).OfType<Reading>().ToList();
            // A total that is another one with its tax on it: that other one is a subtotal whose first letters were lost.
            if (found.FindIndex(taxed => found.Exists(bare => bare.Row < taxed.Row && Sums.IsTaxed(bare.Amount, taxed.Amount))) is var with and >= 0)
            {
                return found[with];
            }

            if (found.Count > 0)
            {
                // The total stands under the subtotal; a "total" above it belongs to an item or a department.
                return found.Cast<Reading?>().FirstOrDefault(reading => reading!.Value.Row > (subtotalRow ?? -1)) ?? found[0];
            }
        }

        return null;
    }

    private static bool IsTotalRow(TicketPaper paper, int row, IEnumerable<string> words)
    {
        var plain = paper.Plain[row];
        if (plain.Contains("SUB", StringComparison.Ordinal) && paper.Skeletons[row].Letters.Contains("SUBIOIAI", StringComparison.Ordinal) && CountOf(paper.Skeletons[row].Letters, "IOIAI") < 2)
        {
            return false;
        }

        var bare = WithTax().Replace(plain, "");
        return !NotTheTotal.Any(word => bare.Contains(word, StringComparison.Ordinal))
            // The recogniser drops blanks: TOTALDE CUENTA.
            && words.Any(word => LabelSearch.WordIn(paper.Skeletons[row], word) >= 0 || (!paper.Certain && word == "IOIAI" && paper.Skeletons[row].Letters.StartsWith(word, StringComparison.Ordinal)));
    }

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(@"(?:C/|\bCON|\bINC\w*\.?|\bMAS|\+)\s?I\.?V\.?A\.?|I\.?V\.?A\.?\s?INC\w*")]
    private static partial Regex WithTax();
}
