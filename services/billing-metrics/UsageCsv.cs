using System.Globalization;
using CsvHelper;

namespace Invoicing.Billing;

/// <summary>Usage lines as RFC 4180; a text that a spreadsheet would run as a formula is made harmless.</summary>
public static class UsageCsv
{
    private static readonly string[] Parts = [.. Cost.None.Breakdown().Keys];
    private static readonly CsvWriterOptions Options = new() { FormatProvider = CultureInfo.InvariantCulture, Injection = CsvInjection.Escape };

    /// <param name="head">Names of the columns before <c>date</c>.</param>
    /// <param name="rows">What stands in those columns, and the line.</param>
    /// <param name="costs">False leaves the costs' columns out.</param>
    public static byte[] Write(IEnumerable<string> head, IEnumerable<(string[] Head, UsageLine Line)> rows, bool costs)
    {
        using var buffer = new MemoryStream();
        using (var csv = CsvWriter.Create(buffer, Options, leaveOpen: true))
        {
            string[] header = [.. head, "date", "jobs", "successful", "failed", "captchas_solved", "processing_time_ms", .. costs ? Parts.Append("currency") : []];
            Array.ForEach(header, csv.WriteField);
            csv.EndRecord();
            foreach (var (first, line) in rows)
            {
                Array.ForEach(first, csv.WriteField);
                csv.WriteField(line.Date, "yyyy-MM-dd");
                Array.ForEach<long>([line.Jobs, line.Successful, line.Failed, line.CaptchasSolved, line.ProcessingTimeMs], n => csv.WriteField(n, default));
                if (costs)
                {
                    Array.ForEach(Parts, part => csv.WriteField(line.CostBreakdown![part], default));
                    csv.WriteField(Cost.Currency);
                }

                csv.EndRecord();
            }
        }

        return buffer.ToArray();
    }
}
