using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// How the ticket was paid, as SAT's key. "Tarjeta" or a card's brand says nothing of credit or debit: the key stays absent then,
/// because an invoice with the wrong form of payment has to be cancelled.
/// </summary>
internal static partial class Payment
{
    private static readonly (string Key, Regex Words)[] Forms =
    [
        ("28", Debit()), ("04", Credit()), ("03", Transfer()), ("02", Cheque()), ("08", Vouchers()), ("05", Monedero()), ("01", Cash()),
    ];

    public static void Read(TicketPaper paper, FieldBag fields)
    {
        for (var row = 0; row < paper.Rows.Count; row++)
        {
            if (Labelled().Match(paper.Plain[row]) is { Success: true } match && Text(paper, row, match) is { } text)
            {
                Set(paper, fields, row, text, .97);
                return;
            }
        }

        var paid = Enumerable.Range(0, paper.Rows.Count).Where(row => IsPayment(paper, row)).ToList();
        // Two forms of payment on one ticket: which one the invoice must carry is not ours to choose.
        if (paid.Select(row => KeyOf(paper.Plain[row])).Distinct().Count() == 1)
        {
            Set(paper, fields, paid[0], WithoutAmount().Replace(paper.Plain[paid[0]], ""), .93);
        }
    }

    private static string? Text(TicketPaper paper, int row, Match match)
    {
        var rest = match.Groups["rest"].Value.Trim(' ', ':', '.', '-');
        var below = row + 1 < paper.Rows.Count ? paper.Plain[row + 1] : "";
        return rest.Length > 1 ? rest : KeyOf(below) is not null || Card().IsMatch(below) ? below : null;
    }

    private static bool IsPayment(TicketPaper paper, int row) =>
        (KeyOf(paper.Plain[row]) is not null || Card().IsMatch(paper.Plain[row]))
        && Amounts.In(paper.Rows[row].Text, paper.Certain) is [.., > 0] && !NotAPayment().IsMatch(paper.Plain[row]);

    private static void Set(TicketPaper paper, FieldBag fields, int row, string text, double quality)
    {
        var shown = text.Trim(' ', ':', '.', '$', '-');
        fields.Set(FieldNames.FormaPagoTexto, shown, paper.Confidence(row, quality));
        if ((SatKey().Match(shown) is { Success: true } key ? key.Groups["key"].Value : KeyOf(shown)) is { } found)
        {
            fields.Set(FieldNames.FormaPago, found, paper.Confidence(row, quality));
        }
    }

    private static string? KeyOf(string plain)
    {
        var keys = Forms.Where(form => form.Words.IsMatch(plain)).Select(form => form.Key).ToList();
        return keys is [var only] ? only : null;
    }

    [GeneratedRegex(@"(?:FO[RP]MA|METODO|TIPO|MEDIO)\s*DE\s*PAGO\s*:?(?<rest>.*)$")]
    private static partial Regex Labelled();

    [GeneratedRegex(@"\bEFECTIVO")]
    private static partial Regex Cash();

    [GeneratedRegex(@"DEBITO|\bTDD\b")]
    private static partial Regex Debit();

    [GeneratedRegex(@"CREDITO|\bTDC\b")]
    private static partial Regex Credit();

    [GeneratedRegex(@"TRANSFERENCIA|\bSPEI\b")]
    private static partial Regex Transfer();

    [GeneratedRegex(@"\bCHEQUE")]
    private static partial Regex Cheque();

    [GeneratedRegex(@"\bVALES?\b")]
    private static partial Regex Vouchers();

    [GeneratedRegex(@"MONEDERO")]
    private static partial Regex Monedero();

    [GeneratedRegex(@"TA[RP]JETA|VISA|MASTERCARD|MASTER CARD|AMEX|AMERICAN EXPRESS|BANCARIA|CARNET")]
    private static partial Regex Card();

    [GeneratedRegex(@"CAMBIO|SUBTOTAL|PUNTOS|SALDO|COMISION|RETIRO")]
    private static partial Regex NotAPayment();

    [GeneratedRegex(@"\A\(?(?<key>0[1-8]|28|29|99)\)?(?:\s|-|$)")]
    private static partial Regex SatKey();

    [GeneratedRegex(@"\$?\s*[\d.,]+\s*$")]
    private static partial Regex WithoutAmount();
}
