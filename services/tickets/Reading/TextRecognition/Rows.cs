using System.Text;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// Puts pieces of text together to the rows of the paper. A photographed ticket curls, so pieces are linked left to right along the slope
/// that the paper has where they stand, not by one slope for the whole photo.
/// </summary>
internal static class Rows
{
    private const int MaxOthers = 4;
    private const int MaxDoubts = 16;

    /// <param name="turn">By how much the photo of these sides was turned to be upright.</param>
    public static List<TextRow> From(IReadOnlyList<TextPiece> pieces, int width, int height, int turn)
    {
        var slope = PaperSlope.Of(pieces, width, height);
        var left = pieces.OrderBy(piece => piece.Box.Left).ToList();
        var next = Links(left, slope);
        var heads = Enumerable.Range(0, left.Count).Except(next.Values);
        return [.. heads.Select(head => Chain(left, next, head)).OrderBy(row => Level(row, slope)).Select(row => ToRow(row) with { Place = PlaceOf(row, width, height, turn) })];
    }

    /// <summary>For each piece the one to its right in the same row. A piece has at most one neighbour on each side.</summary>
    private static Dictionary<int, int> Links(List<TextPiece> left, PaperSlope slope)
    {
        var candidates =
            from a in Enumerable.Range(0, left.Count)
            from b in Enumerable.Range(0, left.Count)
            where a != b && Follows(left[a].Box, left[b].Box, slope)
            orderby left[b].Box.Left - left[a].Box.Right
            select (a, b);
        var (next, taken) = (new Dictionary<int, int>(), new HashSet<int>());
        foreach (var (a, b) in candidates)
        {
            if (!next.ContainsKey(a) && taken.Add(b))
            {
                next.Add(a, b);
            }
        }

        return next;
    }

    private static bool Follows(TextBox a, TextBox b, PaperSlope slope)
    {
        if (b.X <= a.X || b.Left < a.Right - (.6f * MathF.Min(a.Height, b.Height)))
        {
            return false;
        }

        var expected = a.Y + slope.Rise(a.X, b.X, (a.Y + b.Y) / 2);
        return MathF.Abs(b.Y - expected) < .5f * MathF.Min(a.Height, b.Height);
    }

    private static List<TextPiece> Chain(List<TextPiece> left, Dictionary<int, int> next, int head)
    {
        var row = new List<TextPiece> { left[head] };
        for (var at = head; next.TryGetValue(at, out at);)
        {
            row.Add(left[at]);
        }

        return row;
    }

    private static float Level(List<TextPiece> row, PaperSlope slope) =>
        row.Average(piece => piece.Box.Y - slope.Rise(slope.Middle, piece.Box.X, piece.Box.Y));

    private static PrintPlace PlaceOf(List<TextPiece> row, int width, int height, int turn)
    {
        var (left, top) = (row.Min(piece => piece.Box.Left), row.Min(piece => piece.Box.Y - (piece.Box.Height / 2) - (MathF.Abs(MathF.Sin(piece.Box.Angle)) * piece.Box.Width / 2)));
        var (right, bottom) = (row.Max(piece => piece.Box.Right), row.Max(piece => piece.Box.Y + (piece.Box.Height / 2) + (MathF.Abs(MathF.Sin(piece.Box.Angle)) * piece.Box.Width / 2)));
        static double Part(float at, int of) => Math.Round(Math.Clamp(at / of, 0, 1), 4);
        return new PrintPlace(turn, Part(left, width), Part(top, height), Part(right - left, width), Part(bottom - top, height));
    }

    private static string WithOther(string row, string piece, string other)
    {
        var at = row.IndexOf(piece, StringComparison.Ordinal);
        return at < 0 ? row : string.Concat(row.AsSpan(0, at), other, row.AsSpan(at + piece.Length));
    }

    private static TextRow ToRow(List<TextPiece> row)
    {
        var text = new StringBuilder(row[0].Text);
        for (var i = 1; i < row.Count; i++)
        {
            var gap = row[i].Box.Left - row[i - 1].Box.Right;
            // A wide gap is a column of the ticket, and says that a label ends here.
            text.Append(gap > row[i].Box.Height ? "  " : " ").Append(row[i].Text);
        }

        return new TextRow(text.ToString(), row.Min(piece => piece.Confidence))
        {
            Others = [.. row.SelectMany(piece => piece.Others.Select(other => WithOther(text.ToString(), piece.Text, other))).Distinct().Take(MaxOthers)],
            Doubts = [.. row.SelectMany(piece => piece.Doubts.Select(other => WithOther(text.ToString(), piece.Text, other.Trim()))).Distinct().Take(MaxDoubts)],
            Traces = [.. row.SelectMany(piece => piece.Traces)],
        };
    }
}
