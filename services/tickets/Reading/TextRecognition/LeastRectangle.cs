namespace Invoicing.Tickets.Reading;

/// <summary>The smallest rectangle, at any slope, around a set of points.</summary>
internal static class LeastRectangle
{
    public static TextBox Around(List<(float X, float Y)> points)
    {
        var hull = Hull(points);
        var best = default(TextBox);
        var bestArea = float.MaxValue;
        for (var i = 0; i < hull.Count; i++)
        {
            var (a, b) = (hull[i], hull[(i + 1) % hull.Count]);
            // A least rectangle has a side along a side of the hull.
            var box = Along(hull, MathF.Atan2(b.Y - a.Y, b.X - a.X));
            if (box.Width * box.Height < bestArea)
            {
                (best, bestArea) = (box, box.Width * box.Height);
            }
        }

        return best.Levelled();
    }

    private static TextBox Along(List<(float X, float Y)> hull, float angle)
    {
        var (sin, cos) = MathF.SinCos(angle);
        var (u0, u1, v0, v1) = (float.MaxValue, float.MinValue, float.MaxValue, float.MinValue);
        foreach (var (x, y) in hull)
        {
            var (u, v) = ((x * cos) + (y * sin), (y * cos) - (x * sin));
            (u0, u1) = (MathF.Min(u0, u), MathF.Max(u1, u));
            (v0, v1) = (MathF.Min(v0, v), MathF.Max(v1, v));
        }

        var (cu, cv) = ((u0 + u1) / 2, (v0 + v1) / 2);
        return new TextBox((cu * cos) - (cv * sin), (cu * sin) + (cv * cos), u1 - u0, v1 - v0, angle);
    }

    /// <summary>Andrew's monotone chain.</summary>
    private static List<(float X, float Y)> Hull(List<(float X, float Y)> points)
    {
        points.Sort();
        var hull = new List<(float X, float Y)>();
        AddChain(hull, points, 0);
        points.Reverse();
        AddChain(hull, points, hull.Count - 1);
        hull.RemoveAt(hull.Count - 1);
        return hull.Count == 0 ? [points[0]] : hull;
    }

    private static void AddChain(List<(float X, float Y)> hull, List<(float X, float Y)> points, int floor)
    {
        foreach (var p in points.Skip(floor > 0 ? 1 : 0))
        {
            while (hull.Count >= floor + 2 && Cross(hull[^2], hull[^1], p) <= 0)
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(p);
        }
    }

    private static float Cross((float X, float Y) o, (float X, float Y) a, (float X, float Y) b) =>
        ((a.X - o.X) * (b.Y - o.Y)) - ((a.Y - o.Y) * (b.X - o.X));
}
