namespace Invoicing.Tickets.Reading;

/// <summary>
/// Subtotal, IVA and total. The total is never the subtotal, and what the three say together decides how far they are trusted:
/// on 85 measured tickets subtotal + IVA = total was never wrong.
/// </summary>
internal static partial class Totals
{
    private const double ProvenConfidence = .99;

    private static readonly string[] NotTheTotal =
    [
        "ARTICULO", "ART.", "PIEZA", "PZAS", "PRODUCTO", "IVA", "I.V.A", "IMPUESTO", "DESCUENTO", "AHORRO", "PUNTOS", "LITROS", "IEPS", "PROPINA", "EFECTIVO", "CAMBIO", "UNIDADES", "BRUTO", "ANTES DE",
    ];

    private static readonly (string Letters, int Rank)[] TotalWords =
    [
        .. new[] { "TOTAL A PAGAR", "TOTAL PAGADO", "MONTO PAGADO", "IMPORTE PAGADO", "TARIFA TOTAL", "IMPORTE TOTAL", "MONTO TOTAL", "GRAN TOTAL", "VENTA TOTAL", "TOTAL DE LA COMPRA", "TOTAL VENTA", "TOTAL MN", "TOTAL MXN" }.Select(word => (Skeleton.Of(word).Letters, 1)),
        (Skeleton.Of("TOTAL").Letters, 2),
        .. new[] { "IMPORTE A PAGAR", "MONTO A PAGAR", "IMPORTE", "MONTO" }.Select(word => (Skeleton.Of(word).Letters, 3)),
    ];

    public static void Read(TicketPaper ticket, FieldBag fields)
    {
        var paper = MoneyRows.Of(ticket);
        var subtotal = First(paper, "SUBTOTAL", "SUB TOTAL", "SUBTTL", "IMPORTE NETO") ?? Crooked(paper, "SUBTOTAL");
        var iva = Iva(paper);
        if ((Total(paper, subtotal?.Row) ?? (paper.Certain ? null : Paid(paper, subtotal, iva))) is { } total)
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
        if (!paper.Certain && subtotal?.Amount + iva?.Amount + (Extra(paper) ?? 0) is { } expected && DiffersByOneDigit(expected, total.Amount))
        {
            // One digit was misread somewhere; which one, the ticket cannot say unless the sum itself is printed.
            var printed = paper.Rows.Any(row => Amounts.In(row.Text, certain: false).Contains(expected));
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
            var text = Amounts.Format(seen.Amount);
            if (text[0] is '5' or '8' && text.Length > 4 && !paper.Rows[seen.Row].Text.Contains('$', StringComparison.Ordinal))
            {
                variants.Add((decimal.Parse(text[1..], System.Globalization.CultureInfo.InvariantCulture), 2));
            }
        }

        return variants;
    }

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

    private static Reading? Total(TicketPaper paper, int? subtotalRow)
    {
        foreach (var group in TotalWords.GroupBy(word => word.Rank))
        {
            var found = Enumerable.Range(0, paper.Rows.Count)
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

        return !NotTheTotal.Any(word => plain.Contains(word, StringComparison.Ordinal) && !plain.Contains("IVA INCLUIDO", StringComparison.Ordinal) && !plain.Contains("I.V.A. INCLUIDO", StringComparison.Ordinal))
            // The recogniser drops blanks: TOTALDE CUENTA.
            && words.Any(word => LabelSearch.WordIn(paper.Skeletons[row], word) >= 0 || (!paper.Certain && word == "IOIAI" && paper.Skeletons[row].Letters.StartsWith(word, StringComparison.Ordinal)));
    }

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;

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
