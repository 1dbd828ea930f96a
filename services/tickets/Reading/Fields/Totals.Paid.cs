namespace Invoicing.Tickets.Reading;

// What was paid: it backs the total, and stands for it where none is to be read.
internal static partial class Totals
{
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

    /// <summary>A row that begins with the word but for two letters: SUETGTAL.</summary>
    private static Reading? Crooked(TicketPaper paper, string word)
    {
        var letters = Skeleton.Of(word).Letters;
        bool Alike(string row) => row.Length >= letters.Length && letters.Where((c, i) => row[i] != c).Count() <= 2;
        return paper.Certain ? null : Enumerable.Range(0, paper.Rows.Count)
            .Where(row => Alike(paper.Skeletons[row].Letters)).Select(row => AmountAt(paper, row, .7)).FirstOrDefault(reading => reading is not null);
    }
}
