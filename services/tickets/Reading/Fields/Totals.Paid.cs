namespace Invoicing.Tickets.Reading;

// What was paid: it backs the total, and stands for it where none is to be read.
internal static partial class Totals
{
    /// <summary>Of small amounts some add up by chance.</summary>
    private const decimal LeastUnnamed = 20;
    private const int MostApart = 6;

    private static readonly string[] Cash = ["EFECTIVO", "SU PAGO", "PAGO CON", "RECIBIDO", "RECIBI"];
    private static readonly string[] Change = ["CAMBIO", "SU CAMBIO", "DEVOLUCION"];

    /// <summary>No row says total, or its amount is cut off: what was paid, or what subtotal and tax come to.</summary>
    private static Reading? Paid(TicketPaper paper, Reading? subtotal, Reading? iva)
    {
        var paid = Card(paper) is { } card ? card.Amount
            : First(paper, Cash)?.Amount - First(paper, Change)?.Amount;
        var sum = subtotal?.Amount + iva?.Amount;
        return (paid ?? sum) is { } amount and > 0 ? new Reading(amount, 0, paid is not null && Near(sum, amount) ? .93 : .75, InSameRow: false) : null;
    }

    private static Reading? Card(TicketPaper paper) =>
        First(paper, "VISA", "MASTERCARD", "TARJETA", "TARJETA CREDITO", "TARJETA DEBITO", "TARJETA BANCARIA", "TARJETA DE CREDITO", "TARJETA DE DEBITO");

    private static bool IsPaid(TicketPaper paper, decimal total) =>
        Near(First(paper, Cash)?.Amount - First(paper, Change)?.Amount, total) || Near(Card(paper)?.Amount, total)
        || BankSlip.RowsOf(paper).Any(row => Amounts.In(paper.Rows[row].Text, paper.Certain).Contains(total));

    /// <summary>No word is to be read, but three amounts say it: one is another with its tax on it, and the tax is printed too.</summary>
    private static Reading? Unnamed(TicketPaper paper)
    {
        var printed = Enumerable.Range(0, paper.Rows.Count).SelectMany(row => Amounts.In(paper.Rows[row].Text, certain: false).Select(amount => (Amount: amount, Row: row))).ToList();
        return printed.Where(whole => whole.Amount >= LeastUnnamed
                && printed.Exists(bare => Math.Abs(bare.Row - whole.Row) <= MostApart && Sums.IsTaxed(bare.Amount, whole.Amount)
                    && printed.Exists(tax => Math.Abs(tax.Row - whole.Row) <= MostApart && tax.Row != bare.Row && Near(tax.Amount, whole.Amount - bare.Amount))))
            .OrderByDescending(whole => whole.Amount).Select(whole => (Reading?)new Reading(whole.Amount, whole.Row, paper.Confidence(whole.Row, .93), InSameRow: true)).FirstOrDefault();
    }

    /// <summary>A row that begins with the word but for a letter in four: SUETGTAL.</summary>
    private static Reading? Crooked(TicketPaper paper, string word)
    {
        var letters = Skeleton.Of(word).Letters;
        bool Alike(string row) => row.Length >= letters.Length && letters.Where((c, i) => row[i] != c).Count() <= letters.Length / 4;
        return paper.Certain ? null : Enumerable.Range(0, paper.Rows.Count)
            .Where(row => Alike(paper.Skeletons[row].Letters) || paper.Rows[row].Others.Any(other => Alike(Skeleton.Of(other).Letters))).Select(row => AmountAt(paper, row, .7)).FirstOrDefault(reading => reading is not null);
    }
}
