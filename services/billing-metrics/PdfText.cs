using System.Globalization;
using System.Text;

namespace Invoicing.Billing;

/// <summary>
/// Lines of fixed-width text as a PDF 1.4 file: A4, Courier, which every reader has, in the encoding of Windows, which has Spanish whole. Why
/// no library: docs/decisions/0010.
/// </summary>
public static class PdfText
{
    private const int LinesAPage = 60;
    private const int Plain = 3;
    private const int Bold = 4;

    /// <param name="Text">What the encoding lacks is shown as a question mark; some 105 characters fit.</param>
    public sealed record Line(string Text, bool Bold = false);

    public static byte[] Write(IReadOnlyList<Line> lines)
    {
        var pages = lines.Chunk(LinesAPage).ToList();
        var first = Bold + 1;
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{first + (2 * i)} 0 R"))}] >>",
            Font("Courier"), Font("Courier-Bold"),
        ];
        foreach (var page in pages)
        {
            var content = Content(page);
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {objects.Count + 2} 0 R /Resources << /Font << /F{Plain} {Plain} 0 R /F{Bold} {Bold} 0 R >> >> >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        return Encoding.Latin1.GetBytes(File(objects));
    }

    private static string Font(string name) => $"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>";

    private static string Content(IEnumerable<Line> lines)
    {
        var text = new StringBuilder("BT 12 TL 36 800 Td");
        foreach (var line in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n/F{(line.Bold ? Bold : Plain)} 8 Tf ({Escaped(line.Text)}) Tj T*");
        }

        return text.Append("\nET").ToString();
    }

    private static string Escaped(string text) => string.Concat(text.EnumerateRunes().Select(r => r.Value switch
    {
        '(' or ')' or '\\' => $"\\{(char)r.Value}",
        (>= ' ' and <= '~') or (>= 0xA0 and <= 0xFF) => r.ToString(),
        _ => "?",
    }));

    /// <summary>One character is one byte here, so places in the text are places in the file.</summary>
    private static string File(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (content, number) in objects.Select((o, i) => (o, i + 1)))
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{content}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        places.ForEach(p => file.Append(CultureInfo.InvariantCulture, $"{p:D10} 00000 n \n"));
        return file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").ToString();
    }
}
