namespace Invoicing.Tickets.Reading;

/// <summary>The print of one character, brought to a size in which it can be laid over another.</summary>
internal sealed class Glyph
{
    private const int Columns = 24;
    private const int Rows = 32;

    /// <summary>How far two prints are moved against each other to lie upon one another.</summary>
    private const int Slack = 2;

    private readonly float[] ink;

    private Glyph(float[] ink) => this.ink = ink;

    /// <param name="dark">A levelled piece of print, 0 paper to 1 ink, row by row.</param>
    /// <param name="at">Near the middle of the character, in columns.</param>
    /// <param name="pitch">From one character to the next.</param>
    /// <returns>Null when nothing stands there.</returns>
    public static Glyph? Of(float[] dark, int width, int height, float at, float pitch)
    {
        var middle = Middle(dark, width, height, Middle(dark, width, height, at, pitch), pitch);
        var (left, right) = ((int)MathF.Max(0, middle - (pitch / 2)), (int)MathF.Min(width - 1, middle + (pitch / 2)));
        if (right - left < 4)
        {
            return null;
        }

        var rows = Enumerable.Range(0, height).Select(y => Enumerable.Range(left, right - left + 1).Sum(x => dark[(y * width) + x])).ToArray();
        var least = rows.Max() * .2f;
        var (top, bottom) = (Array.FindIndex(rows, row => row > least), Array.FindLastIndex(rows, row => row > least));
        return bottom - top < height / 4 ? null : new Glyph(Standard(dark, width, middle, pitch, top, bottom + 1 - top));
    }

    /// <summary>How alike two prints are, 1 the same (normalised correlation at the best place).</summary>
    public float Likeness(Glyph other)
    {
        var best = -1f;
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -Slack; dx <= Slack; dx++)
            {
                best = MathF.Max(best, Correlation(other, dx, dy));
            }
        }

        return best;
    }

    private float Correlation(Glyph other, int dx, int dy)
    {
        var (n, a, b, aa, bb, ab) = (0, 0f, 0f, 0f, 0f, 0f);
        for (var y = Math.Max(0, dy); y < Math.Min(Rows, Rows + dy); y++)
        {
            for (var x = Slack; x < Columns - Slack; x++)
            {
                var (mine, its) = (ink[(y * Columns) + x], other.ink[((y - dy) * Columns) + x - dx]);
                n++;
                a += mine;
                b += its;
                aa += mine * mine;
                bb += its * its;
                ab += mine * its;
            }
        }

        var spread = (aa - (a * a / n)) * (bb - (b * b / n));
        return spread <= 0 ? 0 : (ab - (a * b / n)) / MathF.Sqrt(spread);
    }

    /// <summary>The recogniser says where a character is to a third of its width; its ink says it better.</summary>
    private static float Middle(float[] dark, int width, int height, float at, float pitch)
    {
        var (sum, weight) = (0f, 0f);
        for (var x = (int)MathF.Max(0, at - (pitch / 2)); x <= MathF.Min(width - 1, at + (pitch / 2)); x++)
        {
            for (var y = 0; y < height; y++)
            {
                sum += dark[(y * width) + x] * x;
                weight += dark[(y * width) + x];
            }
        }

        return weight > 0 ? sum / weight : at;
    }

    /// <summary>The height of the ink becomes the height of the glyph, the pitch its width.</summary>
    private static float[] Standard(float[] dark, int width, float middle, float pitch, int top, int height)
    {
        var glyph = new float[Columns * Rows];
        for (var y = 0; y < Rows; y++)
        {
            var from = Math.Min(top + height - 1, top + (int)((y + .5f) * height / Rows));
            for (var x = 0; x < Columns; x++)
            {
                var at = middle + ((((x + .5f) / Columns) - .5f) * pitch);
                var (column, part) = ((int)MathF.Floor(at), at - MathF.Floor(at));
                glyph[(y * Columns) + x] = (Dark(dark, width, column, from) * (1 - part)) + (Dark(dark, width, column + 1, from) * part);
            }
        }

        return glyph;
    }

    private static float Dark(float[] dark, int width, int x, int y) => x < 0 || x >= width ? 0 : dark[(y * width) + x];
}
