using System.Globalization;

namespace Invoicing.Billing;

/// <summary>A statement to print, in Spanish.</summary>
public static class StatementPdf
{
    private static readonly string[] Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
    private static readonly string[] Parts = ["ocr", "browser", "captcha", "model", "storage", "total"];
    private static readonly string Titles = Columns("Día", ["Trabajos", "Con CFDI", "Sin CFDI"], ["Lectura", "Navegador", "Captcha", "Modelo", "Guarda", "Total"]);
    private static readonly PdfText.Line Space = new("");
    private static readonly PdfText.Line Rule = new(new string('-', Titles.Length));

    public static byte[] Write(Statement statement)
    {
        List<PdfText.Line> lines = [.. Head(statement), Space, .. Table("Uso del mes", statement.Lines), Space];
        if (statement.Adjustments.Count > 0)
        {
            lines.AddRange([.. Table("Ajustes: uso de meses ya cerrados que se conoció después", statement.Adjustments), Space]);
        }

        lines.AddRange([Rule, new(Row("Total", statement.Jobs, statement.Successful, statement.Failed, statement.CostBreakdown), Bold: true)]);
        return PdfText.Write(lines);
    }

    private static IEnumerable<PdfText.Line> Head(Statement s)
    {
        var month = DateOnly.ParseExact(s.Month, "yyyy-MM", CultureInfo.InvariantCulture);
        yield return new("Estado de cuenta", Bold: true);
        yield return new($"Empresa: {s.CompanyId}");
        yield return new(string.Create(CultureInfo.InvariantCulture, $"Mes: {Months[month.Month - 1]} de {month.Year}"));
        yield return new(s.ClosedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"Cerrado el {MexicoDay.Of(at):yyyy-MM-dd}; estas cifras ya no cambian.") : "Mes abierto: cifras provisionales.");
        yield return new($"Importes en {s.Currency}. Los días son de la Ciudad de México.");
    }

    private static IEnumerable<PdfText.Line> Table(string title, IReadOnlyList<UsageLine> lines) =>
    [
        new(title, Bold: true), Space, new(Titles), Rule,
        .. lines.Select(l => new PdfText.Line(Row(l.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), l.Jobs, l.Successful, l.Failed, l.CostBreakdown!))),
    ];

    private static string Row(string day, int jobs, int successful, int failed, IReadOnlyDictionary<string, decimal> cost) => Columns(
        day, new[] { jobs, successful, failed }.Select(n => n.ToString("N0", CultureInfo.InvariantCulture)), Parts.Select(p => cost[p].ToString("N6", CultureInfo.InvariantCulture)));

    private static string Columns(string day, IEnumerable<string> counts, IEnumerable<string> amounts) =>
        $"{day,-10}{string.Concat(counts.Select(c => $"{c,9}"))}{string.Concat(amounts.Select(a => $"{a,12}"))}";
}
