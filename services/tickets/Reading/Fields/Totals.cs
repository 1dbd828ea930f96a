namespace Invoicing.Tickets.Reading;

/// <summary>
/// Subtotal, IVA and total. The total is never the subtotal, and what the three say together decides how far they are trusted:
/// on 85 measured tickets subtotal + IVA = total was never wrong.
/// </summary>
internal static partial class Totals
{
    private const double ProvenConfidence = .99;

    public static void Read(TicketPaper ticket, FieldBag fields)
    {
        var paper = MoneyRows.Of(ticket);
        var subtotal = First(paper, "SUBTOTAL", "SUB TOTAL", "SUBTTL", "IMPORTE NETO") ?? Crooked(paper, "SUBTOTAL");
        var iva = Iva(paper);
        if ((Total(paper, subtotal?.Row) ?? (paper.Certain ? null : Unnamed(paper) ?? Crooked(paper, "TOTAL") ?? Paid(paper, subtotal, iva))) is { } total)
        {
            Judge(paper, fields, total, subtotal, iva);
        }
        else
        {
            Keep(fields, subtotal, iva);
        }

        CompareWithWords(paper, fields, subtotal, iva);
    }

    private static void Judge(TicketPaper paper, FieldBag fields, Reading total, Reading? subtotal, Reading? iva)
    {
        if (Sums.Proven(Variants(paper, subtotal), Variants(paper, iva), Variants(paper, total), Extra(paper) ?? 0) is { } sum)
        {
            var confidence = sum.Cost == 0 ? ProvenConfidence : .95;
            fields.Set(FieldNames.Total, Amounts.Format(sum.Total), confidence, [Amounts.Format(total.Amount)]);
            fields.Set(FieldNames.Subtotal, Amounts.Format(sum.Subtotal), confidence);
            fields.Set(FieldNames.Iva, Amounts.Format(sum.Iva), confidence);
            return;
        }

        Keep(fields, subtotal, iva);
        if (subtotal?.Amount + iva?.Amount + (Extra(paper) ?? 0) is { } expected && (Near(subtotal?.Amount, total.Amount) || (!paper.Certain && DiffersByOneDigit(expected, total.Amount))))
        {
            // One digit was misread somewhere, or the row of the total was and another one taken for it; which, the ticket cannot say unless the sum itself is printed.
            var printed = paper.Rows.Any(row => Amounts.In(row.Text, paper.Certain).Contains(expected));
            var (value, other) = printed ? (expected, total.Amount) : (total.Amount, expected);
            fields.Set(FieldNames.Total, Amounts.Format(value), printed ? .9 : .6, [Amounts.Format(other)]);
            return;
        }

        SetUnproven(paper, fields, total, subtotal, iva);
    }

    private static void SetUnproven(TicketPaper paper, FieldBag fields, Reading total, Reading? subtotal, Reading? iva)
    {
        var others = Variants(paper, total).Where(variant => variant.Cost > 0).Select(variant => variant.Amount).ToList();
        if (IsPaid(paper, total.Amount))
        {
            fields.Set(FieldNames.Total, Amounts.Format(total.Amount), Math.Max(total.Confidence, .97));
        }
        else if (others.Find(other => IsPaid(paper, other)) is var paid and > 0)
        {
            fields.Set(FieldNames.Total, Amounts.Format(paid), .93, [Amounts.Format(total.Amount)]);
        }
        else
        {
            var doubted = subtotal is not null && iva is not null ? Math.Min(total.Confidence, .8) : total.Confidence;
            fields.Set(FieldNames.Total, Amounts.Format(total.Amount), doubted, [.. others.Select(Amounts.Format)]);
        }
    }

    /// <summary>An amount as it was read, as other looks read it, and without a first digit that may be a $ sign.</summary>
    private static List<(decimal Amount, int Cost)> Variants(TicketPaper paper, Reading? reading)
    {
        if (reading is not { } seen)
        {
            return [];
        }

        var variants = new List<(decimal, int)> { (seen.Amount, 0) };
        if (!paper.Certain)
        {
            variants.AddRange(paper.Rows[seen.Row].Others.Select(other => Amounts.In(other, certain: false)).Where(amounts => amounts.Count > 0).Select(amounts => (amounts[^1], 1)));
            variants.AddRange(paper.Rows[seen.Row].Doubts.Select(other => Amounts.In(other, certain: false)).Where(amounts => amounts.Count > 0).Select(amounts => (amounts[^1], 2)));
            variants.AddRange([.. variants.Where(variant => variant.Item2 < 2 && !paper.Rows[seen.Row].Text.Contains('$', StringComparison.Ordinal)).Select(variant => WithoutSign(variant.Item1)).OfType<decimal>().Select(amount => (amount, 2))]);
        }

        return variants;
    }

    /// <summary>A first 5 or 8 may be the $ sign.</summary>
    private static decimal? WithoutSign(decimal amount) =>
        Amounts.Format(amount) is ['5' or '8', .. { Length: > 3 } rest] ? decimal.Parse(rest, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static void Keep(FieldBag fields, Reading? subtotal, Reading? iva)
    {
        if (subtotal is { } s)
        {
            fields.Set(FieldNames.Subtotal, Amounts.Format(s.Amount), Math.Min(s.Confidence, .9));
        }

        if (iva is { } i)
        {
            fields.Set(FieldNames.Iva, Amounts.Format(i.Amount), Math.Min(i.Confidence, .9));
        }
    }

    private static Reading? First(TicketPaper paper, params string[] phrases)
    {
        var letters = phrases.Select(phrase => Skeleton.Of(phrase).Letters).ToList();
        return Enumerable.Range(0, paper.Rows.Count)
            .Where(row => letters.Exists(word => LabelSearch.WordIn(paper.Skeletons[row], word) >= 0))
            .Select(row => AmountAt(paper, row, .97)).FirstOrDefault(reading => reading is not null);
    }

    private static Reading? Iva(TicketPaper paper)
    {
        var rows = Enumerable.Range(0, paper.Rows.Count)
            .Where(row => (LabelSearch.WordIn(paper.Skeletons[row], "IVA") >= 0 || LabelSearch.WordIn(paper.Skeletons[row], Skeleton.Of("IMPUESTO").Letters) >= 0 || LabelSearch.WordIn(paper.Skeletons[row], Skeleton.Of("IMPUESTOS").Letters) >= 0)
                && paper.Skeletons[row].Letters.IndexOf("IOIAI", StringComparison.Ordinal) is var total && (total < 0 || paper.Plain[row].TrimStart().StartsWith("TOTAL I", StringComparison.Ordinal)))
            .Select(row => AmountAt(paper, row, .95)).OfType<Reading>().Where(reading => reading.InSameRow).ToList();
        // A ticket with several rates prints a row for each.
        return rows.Count == 0 ? null : rows[0] with { Amount = rows.DistinctBy(reading => reading.Row).Sum(reading => reading.Amount), Confidence = rows.Min(reading => reading.Confidence) };
    }

    /// <summary>Taxes and tips between subtotal and total, less discounts.</summary>
    private static decimal? Extra(TicketPaper paper) =>
        (First(paper, "IEPS")?.Amount ?? 0) + (First(paper, "ISH")?.Amount ?? 0) - (First(paper, "DESCUENTO")?.Amount ?? 0);

    private static Reading? AmountAt(TicketPaper paper, int row, double quality)
    {
        if (Amounts.In(paper.Rows[row].Text, paper.Certain) is [.., var last])
        {
            return new Reading(last, row, paper.Confidence(row, quality), InSameRow: true);
        }

        // The amount may have slipped to a row of its own, but then it is alone there.
        return row + 1 < paper.Rows.Count && !paper.Rows[row + 1].Text.Any(char.IsLetter) && Amounts.In(paper.Rows[row + 1].Text, paper.Certain) is [var only]
            ? new Reading(only, row, paper.Confidence(row + 1, Math.Min(quality, .85)), InSameRow: false)
            : null;
    }

    private static bool Near(decimal? a, decimal b) => a is { } value && Math.Abs(value - b) <= .01m;

    private static bool DiffersByOneDigit(decimal a, decimal b)
    {
        var (x, y) = (Amounts.Format(a), Amounts.Format(b));
        return x.Length == y.Length && x.Where((c, i) => c != y[i]).Count() == 1;
    }

    private readonly record struct Reading(decimal Amount, int Row, double Confidence, bool InSameRow);
}
