namespace Invoicing.Tickets.Reading;

// What the total is in words: it backs the figures, mends one that was cut off, and casts doubt where both differ.
internal static partial class Totals
{
    private const double Doubtful = .6;

    private static void CompareWithWords(TicketPaper paper, FieldBag fields, Reading? subtotal, Reading? iva)
    {
        if (paper.Certain || AmountInWords.In(paper) is not { } said)
        {
            return;
        }

        var (total, text) = (fields[FieldNames.Total], Amounts.Format(said));
        if (total?.Value == text)
        {
            fields.Set(FieldNames.Total, text, Math.Max(total.Confidence, .98));
            return;
        }

        var backed = IsPaid(paper, said) || Near(subtotal?.Amount + iva?.Amount, said) || total?.Alternatives.Contains(text) == true
            // 1,805 is 1,805.63 whose cents were cut off.
            || (total is not null && total.Value.EndsWith(".00", StringComparison.Ordinal) && text[..^3] == total.Value[..^3]);
        if (total is null || (backed && total.Confidence < ProvenConfidence))
        {
            fields.Set(FieldNames.Total, text, backed ? .95 : .85, total is null ? [] : [total.Value]);
        }
        else if (total.Confidence < ProvenConfidence)
        {
            fields.Set(FieldNames.Total, total.Value, Math.Min(total.Confidence, Doubtful), [text, .. total.Alternatives]);
        }
    }
}
