namespace Invoicing.Tickets.Reading;

/// <summary>The detector's answer: for every pixel how likely it is text. Finds the connected patches and the rectangle round each.</summary>
internal sealed class ScoreMap(float[] scores, int width, int height)
{
    private const float PixelThreshold = .3f;
    private const float BoxThreshold = .5f;

    /// <summary>The network is trained on shrunken text; this grows a box back (area × ratio / perimeter).</summary>
    private const float GrowRatio = 1.6f;

    /// <summary>A hostile image can hold thousands of specks, and each costs a run of the recogniser.</summary>
    private const int MaxBoxes = 500;

    public List<TextBox> Boxes()
    {
        var seen = new bool[scores.Length];
        var boxes = new List<TextBox>();
        var stack = new Stack<int>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (!seen[i] && scores[i] > PixelThreshold && Box(Edges(i, seen, stack)) is { } box)
            {
                boxes.Add(box);
            }
        }

        return boxes.Count <= MaxBoxes ? boxes : [.. boxes.OrderByDescending(box => box.Width * box.Height).Take(MaxBoxes)];
    }

    private TextBox? Box(List<(float X, float Y)> edges)
    {
        if (edges.Count < 3)
        {
            return null;
        }

        var box = Bend.Of(edges, LeastRectangle.Around([.. edges]));
        if (MathF.Min(box.Width, box.Height) < 3 || Score(box) < BoxThreshold)
        {
            return null;
        }

        return box.Grown(box.Width * box.Height * GrowRatio / (2 * (box.Width + box.Height)));
    }

    /// <summary>Floods one patch and returns the pixels on its rim, enough for its rectangle.</summary>
    private List<(float X, float Y)> Edges(int start, bool[] seen, Stack<int> stack)
    {
        var edges = new List<(float X, float Y)>();
        seen[start] = true;
        stack.Push(start);
        while (stack.TryPop(out var at))
        {
            var (x, y) = (at % width, at / width);
            var inside = true;
            for (var dy = -1; dy <= 1; dy++)
            {
                for (var dx = -1; dx <= 1; dx++)
                {
                    inside &= Visit(x + dx, y + dy, seen, stack);
                }
            }

            if (!inside)
            {
                edges.Add((x, y));
            }
        }

        return edges;
    }

    private bool Visit(int x, int y, bool[] seen, Stack<int> stack)
    {
        if (x < 0 || y < 0 || x >= width || y >= height || scores[(y * width) + x] <= PixelThreshold)
        {
            return false;
        }

        var at = (y * width) + x;
        if (!seen[at])
        {
            seen[at] = true;
            stack.Push(at);
        }

        return true;
    }

    private float Score(TextBox box)
    {
        var (sin, cos) = MathF.SinCos(box.Angle);
        var bend = MathF.Abs(box.Curve) * box.Width * box.Width / 4;
        var reach = (MathF.Abs(box.Width * cos) + MathF.Abs((box.Height + (2 * bend)) * sin), MathF.Abs(box.Width * sin) + MathF.Abs((box.Height + (2 * bend)) * cos));
        var (sum, count) = (0f, 0);
        for (var y = Math.Max(0, (int)(box.Y - (reach.Item2 / 2))); y <= Math.Min(height - 1, (int)(box.Y + (reach.Item2 / 2)) + 1); y++)
        {
            for (var x = Math.Max(0, (int)(box.X - (reach.Item1 / 2))); x <= Math.Min(width - 1, (int)(box.X + (reach.Item1 / 2)) + 1); x++)
            {
                var (u, v) = (((x - box.X) * cos) + ((y - box.Y) * sin), ((y - box.Y) * cos) - ((x - box.X) * sin));
                if (MathF.Abs(u) <= box.Width / 2 && MathF.Abs(v - (box.Curve * u * u)) <= box.Height / 2)
                {
                    sum += scores[(y * width) + x];
                    count++;
                }
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
