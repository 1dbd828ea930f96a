using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>What the ticket prints about when it can be invoiced: "72 horas", "fin de mes", "esperar 60 minutos".</summary>
internal static partial class Windows
{
    public static InvoicingWindow? In(TicketPaper paper)
    {
        var rows = Enumerable.Range(0, paper.Rows.Count).Where(row => Speaks(paper, row)).ToList();
        var text = Blanks().Replace(string.Join(" ", rows.Select(row => paper.Plain[row])), " ");
        text = paper.Certain ? text : Smudged().Replace(text, match => LookAlikes.AsDigits(match.Value));
        var wait = Wait(text);
        // What is left after the wait is taken out: "esperar 24 horas" is not a window of 24 hours.
        var rest = Waits().Replace(text, " ");
        var (hours, days, after) = (Number(Hours().Match(rest)), Number(Days().Match(AfterMonth().Replace(rest, " "))), Number(AfterMonth().Match(rest)));
        var sameMonth = SameMonth().IsMatch(rest) || after is not null;
        days ??= SameDay().IsMatch(rest) ? 0 : null;
        return hours is null && days is null && !sameMonth && wait is null
            ? null
            : new InvoicingWindow(hours, days, sameMonth, after, wait, string.Join('\n', rows.Select(row => paper.Rows[row].Text.Trim())));
    }

    /// <summary>Opening hours and deliveries print hours too: only rows that speak of the invoice, and their neighbours, count.</summary>
    private static bool Speaks(TicketPaper paper, int row)
    {
        if (!Figure().IsMatch(paper.Plain[row]) || Other().IsMatch(paper.Plain[row]))
        {
            return false;
        }

        return Enumerable.Range(row - 2, 5).Any(near => near >= 0 && near < paper.Rows.Count && Invoice().IsMatch(paper.Plain[near]));
    }

    private static int? Wait(string text)
    {
        var match = Waits().Match(text);
        return Number(match) is { } number ? number * (match.Groups["unit"].Value.StartsWith('M') ? 1 : 60) : null;
    }

    private static int? Number(Match match) =>
        match.Success && int.TryParse(match.Groups["n"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"FACTU|CFDI|VIGENCIA|PLAZO")]
    private static partial Regex Invoice();

    [GeneratedRegex(@"HO[RP]A|H[RP]S|MINUTO|\bMIN\b|DIAS?\b|\bMES\b")]
    private static partial Regex Figure();

    [GeneratedRegex(@"ABIERTO|SERVICIO A DOMICILIO|ENTREGA|DEVOLUCI|CAMBIOS|GARANTIA|ATENCION LAS")]
    private static partial Regex Other();

    // "15:15 hrs" is the hour of the purchase.
    [GeneratedRegex(@"(?<![\d:.])(?<n>\d{1,3})\s*(?:HO[RP]A|H[RP]S|H[RP]\b)")]
    private static partial Regex Hours();

    [GeneratedRegex(@"(?<n>\d{1,3})\s*DIA(?:S|\b)")]
    private static partial Regex Days();

    [GeneratedRegex(@"(?:(?:ESPE[RP]A[RP]?|ESPE[RP]E)\D{0,25}?(?<n>\d{1,3})\s*(?<unit>MIN|HO[RP]A|H[RP])\w*)|(?:(?:DESPUES DE|DISPONIBLE EN|A PARTIR DE|PASADAS|TRANSCURRIDAS)\s+(?:LAS\s+)?(?<n>\d{1,3})\s*(?<unit>MIN|HO[RP]A|H[RP])\w*)|(?:(?<n>\d{1,3})\s*(?<unit>MIN|HO[RP]A|H[RP])\w*\.?\s+DESPUES)")]
    private static partial Regex Waits();

    [GeneratedRegex(@"MISMO MES|MES DE (?:SU |LA |TU )?COMP[RP]A|FIN DE MES|ULTIMO DIA DEL MES|MES EN CU[RP]SO|DENT[RP]O DEL MES|MES CO[RP][RP]IENTE|MES DE CONSUMO")]
    private static partial Regex SameMonth();

    [GeneratedRegex(@"(?:DIA|PRIMEROS|MAS)\s+(?<n>\d{1,2})(?:\s+DIAS?)?\s+(?:NATURALES\s+)?DEL\s+(?:MES\s+)?SIGUIENTE|(?<n>\d{1,2})\s+DIAS?\s+(?:NATURALES\s+)?DEL\s+(?:MES\s+)?SIGUIENTE")]
    private static partial Regex AfterMonth();

    [GeneratedRegex(@"(?<![A-Z\d])(?=[OIL]{0,2}\d)[\dOIL]{1,3}(?=\s?(?:DIA|HO[RP]|H[RP]|MIN))")]
    private static partial Regex Smudged();

    [GeneratedRegex(@"MISMO DIA")]
    private static partial Regex SameDay();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
