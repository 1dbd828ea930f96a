using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>A value beside or under its label.</summary>
internal sealed record LabelledValue(TicketLabel Label, string Value, string? Name, int Row, double Confidence);

/// <summary>Takes the values that stand behind labels, or in the row under them.</summary>
internal static partial class LabelledValues
{
    /// <summary>In a row read so surely a letter is a letter.</summary>
    private const double SurelyRead = .93;

    public static List<LabelledValue> In(TicketPaper paper)
    {
        var values = new List<LabelledValue>();
        for (var row = 0; row < paper.Rows.Count; row++)
        {
            var labels = LabelSearch.In(paper.Skeletons[row], paper.Certain);
            var before = values.Count;
            for (var i = 0; i < labels.Count; i++)
            {
                var end = i + 1 < labels.Count ? labels[i + 1].Start : paper.Rows[row].Text.Length;
                Add(values, paper, row, labels[i], paper.Rows[row].Text[labels[i].End..end]);
            }

            // Other looks at the same print: the same label with another value is a doubt that must be told.
            foreach (var other in paper.Rows[row].Others)
            {
                foreach (var found in LabelSearch.In(Skeleton.Of(other), paper.Certain) is var others ? others.Select((label, i) => (Label: label, End: i + 1 < others.Count ? others[i + 1].Start : other.Length)) : [])
                {
                    Add(values, paper, row, found.Label, other[found.Label.End..found.End]);
                }
            }

            if (row + 1 < paper.Rows.Count && values.Count == before)
            {
                AddFromBelow(values, paper, row, labels);
            }
            else if (row + 1 < paper.Rows.Count && labels.Count > 0 && !paper.Rows[row].Text[labels[^1].End..].Any(char.IsLetterOrDigit))
            {
                AddWrapped(values, paper, row + 1, labels[^1]);
            }
        }

        return values;
    }

    private static void Add(List<LabelledValue> values, TicketPaper paper, int row, FoundLabel found, string rest)
    {
        if (found.Label.Shape != ValueShape.Fence && Taken(paper, found.Label, rest, paper.Rows[row].Confidence >= SurelyRead) is var (value, name))
        {
            var whole = found.Label.Shape == ValueShape.Place ? value : value + CodeBlocks.Continued(paper, row, rest, value);
            values.Add(new LabelledValue(found.Label, whole, name, row, paper.Confidence(row, Quality(found.Label))));
        }
    }

    /// <summary>A row of labels alone: the values stand in the row under them, in the same order.</summary>
    private static void AddFromBelow(List<LabelledValue> values, TicketPaper paper, int row, List<FoundLabel> labels)
    {
        var below = paper.Rows[row + 1].Text;
        var columns = Columns().Split(below).Where(column => column.Length > 0).ToList();
        if (labels.Count == 0 || LabelSearch.In(paper.Skeletons[row + 1], paper.Certain).Count > 0 || HasMore(paper.Rows[row].Text, labels))
        {
            return;
        }

        for (var i = 0; i < labels.Count; i++)
        {
            if (labels.Count == 1 || labels.Count == columns.Count)
            {
                Add(values, paper, row + 1, labels[i], labels.Count == 1 ? below : columns[i]);
            }
        }
    }

    /// <summary>The paper ended behind the last label of a row: its value stands alone in the next one.</summary>
    private static void AddWrapped(List<LabelledValue> values, TicketPaper paper, int row, FoundLabel label)
    {
        if (!paper.Rows[row].Text.Trim().Contains(' ', StringComparison.Ordinal) && LabelSearch.In(paper.Skeletons[row], paper.Certain).Count == 0)
        {
            Add(values, paper, row, label, paper.Rows[row].Text);
        }
    }

    /// <summary>More on the row than labels; "Na. de" before a label is the label's own smudged beginning.</summary>
    private static bool HasMore(string row, List<FoundLabel> labels) =>
        (labels.Count > 1 || labels[0].Start > 8 || row[labels[0].End..].Any(char.IsLetterOrDigit)) && labels.Aggregate(row.Length, (left, label) => left - (label.End - label.Start)) > row.Count(c => !char.IsLetterOrDigit(c));

    private static (string Value, string? Name)? Taken(TicketPaper paper, TicketLabel label, string rest, bool sure)
    {
        var text = Bare(rest);
        if (label.Shape != ValueShape.Place && Qualifier().Match(Skeleton.Plain(text)) is { Success: true } words)
        {
            text = Bare(text[words.Length..]);
        }

        return label.Shape switch
        {
            ValueShape.Number => Number(paper, text, sure),
            ValueShape.Code => Code(text, lettersAlone: label.Rank == 1 && LettersAlone().IsMatch(rest)),
            _ => Place(paper.Certain ? text : SmallDigits().Replace(text, number => LookAlikes.AsDigits(number.Value))),
        };
    }

    private static string Bare(string text) => text.TrimStart(' ', ':', '.', '=', '#', '-', '_', '*', ';', '>', ')', '/', '\t').TrimEnd();

    /// <param name="sure">The row was read well.</param>
    private static (string, string?)? Number(TicketPaper paper, string text, bool sure)
    {
        if (CodeBlocks.In(text) is { } blocks)
        {
            return (blocks, null);
        }

        var token = First(text);
        if (!paper.Certain && LookAlikes.IsProbablyNumber(token))
        {
            // A series stands before its number, and was read among digits all the same: B647672.
            var series = sure && token is [(>= 'A' and <= 'Z') and not ('O' or 'Q' or 'I' or 'L'), _, _, _, _, ..] && token.Skip(1).All(c => char.IsAsciiDigit(c) || c is '-') ? 1 : 0;
            token = token[..series] + LookAlikes.AsDigits(token[series..]);
        }

        return token.Any(char.IsAsciiDigit) && !LooksLikeDateOrAmount(text, token) ? (token, null) : null;
    }

    /// <param name="lettersAlone">The label is a code's alone and six letters are all that follows it: IHDAZN may be a code.</param>
    private static (string, string?)? Code(string text, bool lettersAlone)
    {
        if (CodeBlocks.In(text) is { } blocks)
        {
            return (blocks, null);
        }

        // The blank behind it was lost: Y4QN947654antes de fin de mes.
        var token = LookAlikes.InCapitals(BeforeWord().Match(First(text)) is { Success: true } code ? code.Value : First(text));
        // A word is not a code: without a digit it must be long and in capitals; nor is one read badly, ci6n.
        var codeLike = lettersAlone || (token.Any(char.IsAsciiDigit) && (token.Length >= 6 || (token.Length > 3 && !token.Any(char.IsAsciiLetterLower)))) || (token.Length >= 8 && token.All(c => char.IsAsciiLetterUpper(c)));
        return codeLike && !LooksLikeDateOrAmount(text, token) ? (token, null) : null;
    }

    private static (string, string?)? Place(string text)
    {
        var numbered = Numbered().Match(text) is { Success: true } first ? first : NameThenNumber().Match(text);
        return numbered.Success ? (LookAlikes.InCapitals(numbered.Groups["code"].Value), Name(numbered.Groups["name"].Value))
            : Name(text) is { } name ? (name, name) : null;
    }

    private static string? Name(string text)
    {
        var name = Columns().Split(text.Trim(' ', '-', ':', ',', '.'))[0].Trim();
        // "con folio, sucursal y monto" names no store.
        return name.Count(char.IsLetter) >= 3 && name.Length <= 60 && !name.StartsWith("y ", StringComparison.OrdinalIgnoreCase) ? name : null;
    }

    /// <summary>The first word, without the label that follows a number so closely that it was read as one with it: 856180Caja.</summary>
    private static string First(string text)
    {
        var token = Token().Match(text).Value.TrimEnd('-', '/');
        return NumberBeforeLabel().Match(token) is { Success: true } number ? number.Value : token;
    }

    private static bool LooksLikeDateOrAmount(string text, string token) =>
        text.StartsWith('$') || AmountOrDateAhead().IsMatch(text[(text.IndexOf(token, StringComparison.Ordinal) is var at && at >= 0 ? at : 0)..]);

    private static double Quality(TicketLabel label) => label.Letters.Length <= 2 ? .9 : label.Rank <= 4 ? .98 : .85;

    [GeneratedRegex(@"\A[A-Za-z0-9ÑñÁÉÍÓÚ][A-Za-z0-9Ññ\-_/]*")]
    private static partial Regex Token();

    [GeneratedRegex(@"\A(?: ?[:=] *| {2,})[A-Z]{5,8}\z")]
    private static partial Regex LettersAlone();

    [GeneratedRegex(@"\A(?=[A-Z]*\d)[A-Z0-9]{6,}(?=[a-z]{4,}\z)")]
    private static partial Regex BeforeWord();

    [GeneratedRegex(@"\A\d{4,}(?=(?:caja|mesa|hora|fecha)\d{0,3}\z)|\A\d{1,4}(?=(?:no|tkt|ticket|folio)\z)", RegexOptions.IgnoreCase)]
    private static partial Regex NumberBeforeLabel();

    // "Folio de pago: 1234", "Ticket de venta no. 1234": words that say what the label's number is for.
    [GeneratedRegex(@"\A(?:(?:DE|DEL|LA|SU|TU|PARA|NO|NUM|NUMERO|VENTA|VTA|COMPRA|PAGO|TICKET|BOLETO|NOTA|OPERACION|TRANSACCION|FACTURA[A-Z0-9]*|WEB|ELECTRONIC[AO]|DIGITAL|CFDI)\b[.\s:]*)+(?:[A-Z0-9 .]{0,14}:)?(?=[\sA-Z0-9])")]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"\A(?<code>[A-Z]{0,2}[A-Zcosuvwxz]?\d[A-Z0-9]{0,9})(?![0-9]*[/:.]\d)(?=[\s\-,.]|$)(?<name>.*)$")]
    private static partial Regex Numbered();

    // 0o096
    [GeneratedRegex(@"\A(?=\w*\d)[\doil]{3,}(?=[\s\-,.]|\z)")]
    private static partial Regex SmallDigits();

    [GeneratedRegex(@"\A(?<name>[^#\d]{3,40}?)\s*(?:#|NO\.?\s?|\()\s*(?<code>\d{1,6})\b", RegexOptions.IgnoreCase)]
    private static partial Regex NameThenNumber();

    [GeneratedRegex(@"\s{2,}|\t")]
    private static partial Regex Columns();

    [GeneratedRegex(@"\A\$|\A\d{1,3}\.\d{3}(?![.\d])|\A\d{1,3}(?:,\d{3})*\.\d{2}(?!\d)|\A\d{1,2}[/\-](?:\d{1,2}|[A-Za-z]{3})[/\-]\d{2}")]
    private static partial Regex AmountOrDateAhead();
}
