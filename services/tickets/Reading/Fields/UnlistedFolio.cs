using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>The number of a sale behind a label that nobody has listed, "Vale No. 004512": of several the one nearest to the date.</summary>
internal static partial class UnlistedFolio
{
    private const double Quality = .4;

    private static readonly TicketLabel Label = new("", FieldNames.Folio, ValueShape.Number, 9);

    public static IEnumerable<LabelledValue> In(TicketPaper paper)
    {
        var bank = BankSlip.RowsOf(paper);
        var dates = Enumerable.Range(0, paper.Rows.Count).Where(row => Date().IsMatch(paper.Plain[row])).ToList();
        var found = from row in Enumerable.Range(0, paper.Rows.Count)
                    where !bank.Contains(row) && !OtherNumbers.AreOf(paper.Plain[row]) && !OtherNumbers.IsAddress(paper.Plain[row])
                    let labels = LabelSearch.In(paper.Skeletons[row], paper.Certain)
                    from Match match in Numbered().Matches(paper.Plain[row]).Concat(labels.Exists(label => label.Label.Key is FieldNames.Caja or FieldNames.Sucursal) ? Bare().Matches(paper.Plain[row]) : [])
                    where !Counted().IsMatch(match.Groups["label"].Value) && !labels.Exists(label => label.Start < match.Index + match.Length && label.End > match.Groups["label"].Index)
                    orderby dates.Count == 0 ? row : dates.Min(date => Math.Abs(date - row))
                    select new LabelledValue(Label, match.Groups["value"].Value, null, row, paper.Confidence(row, Quality));
        return found.Take(1);
    }

    [GeneratedRegex(@"(?<=\A|\s{2,})(?<label>[A-Z][A-Z.]{2,}(?: [A-Z.]{2,}){0,2}?)(?: ?[#:]+ ?| N[O0]\.? ?[#:]?| NUM\.? ?[#:]?)\s*(?<value>[A-Z]{0,4}-?\d{3,14}(?:-\d{2,8})*)(?=\s{2,}|\s*\z)")]
    private static partial Regex Numbered();

    // Beside store and till: "Suc:548 Caja:63 No.009745".
    [GeneratedRegex(@"(?<label>(?<![A-Z])N[O0]\.) ?(?<value>[A-Z]?-?\d{4,14})\b")]
    private static partial Regex Bare();

    [GeneratedRegex(@"\d{1,4}[/\-.](?:\d{1,2}|[A-Z]{3})[/\-.]\d{2,4}")]
    private static partial Regex Date();

    // What is counted, weighed, aged, or is a person's.
    [GeneratedRegex(@"CANT|PZA|PIEZA|ARTIC|PRECIO|LITRO|EDAD|PESO|EXP|CLIENTE|PACIENTE|VENDED|ASESOR|CAJER|MESER|TEC|OPER|MODELO|SERIE|COD|LINEA|KILOM|TOTAL|PUNTO|RESTA|SALDO|ANOS|DIAS")]
    private static partial Regex Counted();
}
