namespace Invoicing.Tickets.Reading;

/// <summary>The rows of a ticket in the forms that the finders of fields need.</summary>
internal sealed class TicketPaper
{
    public TicketPaper(IReadOnlyList<TextRow> rows, bool certain)
    {
        Rows = rows;
        Certain = certain;
        Skeletons = [.. rows.Select(row => Skeleton.Of(row.Text))];
        Plain = [.. rows.Select(row => Skeleton.Plain(row.Text))];
    }

    public IReadOnlyList<TextRow> Rows { get; }

    /// <summary>True for typed text and the text of a PDF: its characters are what they are, nothing is repaired.</summary>
    public bool Certain { get; }

    public IReadOnlyList<Skeleton> Skeletons { get; }

    /// <summary>Upper case, no accents.</summary>
    public IReadOnlyList<string> Plain { get; }

    /// <summary>Confidence of a value: the weaker of its row's and of what its label deserves.</summary>
    public double Confidence(int row, double quality) => Math.Round(Math.Min(Rows[row].Confidence, quality), 3);
}
