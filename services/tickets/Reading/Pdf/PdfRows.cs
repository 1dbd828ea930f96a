using UglyToad.PdfPig.Content;

namespace Invoicing.Tickets.Reading;

/// <summary>The words of a page put to rows as they stand on the paper: a PDF keeps them in any order.</summary>
internal static class PdfRows
{
    public static IEnumerable<TextRow> Of(Page page)
    {
        var words = page.GetWords().Where(word => word.Text.Trim().Length > 0).OrderByDescending(Middle).ToList();
        var row = new List<Word>();
        foreach (var word in words)
        {
            if (row.Count > 0 && Middle(row[0]) - Middle(word) > row[0].BoundingBox.Height / 2)
            {
                yield return ToRow(row);
                row.Clear();
            }

            row.Add(word);
        }

        if (row.Count > 0)
        {
            yield return ToRow(row);
        }
    }

    private static double Middle(Word word) => (word.BoundingBox.Bottom + word.BoundingBox.Top) / 2;

    private static TextRow ToRow(List<Word> row)
    {
        var sorted = row.OrderBy(word => word.BoundingBox.Left).ToList();
        var text = new System.Text.StringBuilder(sorted[0].Text);
        for (var i = 1; i < sorted.Count; i++)
        {
            var gap = sorted[i].BoundingBox.Left - sorted[i - 1].BoundingBox.Right;
            text.Append(gap > 1.5 * sorted[i].BoundingBox.Height ? "  " : " ").Append(sorted[i].Text);
        }

        return new TextRow(text.ToString(), 1);
    }
}
