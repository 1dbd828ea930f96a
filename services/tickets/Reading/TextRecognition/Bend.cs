namespace Invoicing.Tickets.Reading;

/// <summary>
/// Finds how a row of print on curled paper bends. The rectangle round a bent row is much higher than its letters; cut out by it they would be
/// small and lie on a slope.
/// </summary>
internal static class Bend
{
    /// <summary>Of a few letters the bend cannot be told.</summary>
    private const float LeastLength = 3;

    /// <summary>In heights of the letters: less is no more than their own unevenness.</summary>
    private const float LeastRise = .2f;

    /// <param name="rim">The points on the rim of a patch of text.</param>
    /// <param name="straight">The least rectangle round them.</param>
    public static TextBox Of(List<(float X, float Y)> rim, TextBox straight)
    {
        if (straight.Width < LeastLength * straight.Height)
        {
            return straight;
        }

        var (sin, cos) = MathF.SinCos(straight.Angle);
        var half = straight.Width / 2;
        var points = rim.ConvertAll(p => (
            U: (((p.X - straight.X) * cos) + ((p.Y - straight.Y) * sin)) / half,
            V: ((p.Y - straight.Y) * cos) - ((p.X - straight.X) * sin)));
        if (LeastSquares.Solve([.. points.Select(p => (new double[] { 1, p.U, p.U * p.U }, (double)p.V, 1d))], [0, 0, 0]) is not [var middle, var rise, var bend])
        {
            return straight;
        }

        var rests = points.Select(p => Math.Abs(p.V - middle - (rise * p.U) - (bend * p.U * p.U))).Order().ToList();
        var height = (float)(2 * rests[(int)(rests.Count * .95)]);
        return Math.Abs(bend) < LeastRise * height || height > .85f * straight.Height ? straight : new TextBox(
            straight.X - (float)(middle * sin), straight.Y + (float)(middle * cos), straight.Width, height, straight.Angle + MathF.Atan((float)rise / half), (float)bend / (half * half));
    }
}
