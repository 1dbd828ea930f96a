namespace Invoicing.Tickets.Reading;

/// <summary>
/// How the rows of a paper rise at each place of the photo. Seen from the side their slope changes from top to bottom, and rows of curled paper are
/// arcs: the slope is fitted to the pieces as a straight line over the height and a parabola over the width.
/// </summary>
internal sealed class PaperSlope
{
    /// <summary>A piece that slopes so much otherwise (a tangent) is a stamp, a logo, something on the table.</summary>
    private const double Stray = .2;

    /// <summary>Few pieces say little of a bend: it is believed as far as they bear it out.</summary>
    private static readonly double[] Pull = [0, 0, .03, .03];

    private readonly double[] fit;
    private readonly (double X, double Y) half;

    private PaperSlope(double[] fit, int width, int height)
    {
        this.fit = fit;
        half = (width / 2d, height / 2d);
    }

    /// <summary>The column from which levels are told.</summary>
    public float Middle => (float)half.X;

    public static PaperSlope Of(IReadOnlyList<TextPiece> pieces, int width, int height)
    {
        var seen = pieces.Select(piece => piece.Box).Where(box => box.Width > 4 * box.Height).SelectMany(Slopes).ToList();
        if (seen.Count < 3)
        {
            return new PaperSlope([0, 0, 0, 0], width, height);
        }

        var median = seen.Select(slope => slope.Tangent).Order().ElementAt(seen.Count / 2);
        seen.RemoveAll(slope => Math.Abs(slope.Tangent - median) > Stray);
        var all = seen.Sum(slope => slope.Length);
        var level = new PaperSlope([0, 0, 0, 0], width, height);
        var fit = LeastSquares.Solve([.. seen.Select(slope => (level.At(slope.X, slope.Y), slope.Tangent, (double)slope.Length / all))], Pull);
        return fit is null ? new PaperSlope([median, 0, 0, 0], width, height) : new PaperSlope(fit, width, height);
    }

    /// <summary>How much lower the same row stands at another column.</summary>
    public float Rise(float from, float to, float y)
    {
        double Integral(double x) => half.X * x * (fit[0] + (fit[1] * ((y / half.Y) - 1)) + (x * ((fit[2] / 2) + (x * fit[3] / 3))));
        return (float)(Integral((to / half.X) - 1) - Integral((from / half.X) - 1));
    }

    private double[] At(float x, float y) => ((x / half.X) - 1, (y / half.Y) - 1) is var (u, v) ? [1, v, u, u * u] : [];

    /// <summary>A bent piece tells its slope at both ends as well.</summary>
    private static IEnumerable<(float X, float Y, double Tangent, float Length)> Slopes(TextBox box)
    {
        var tangent = Math.Tan(Math.Clamp(box.Angle, -.6f, .6f));
        if (box.Curve == 0)
        {
            return [(box.X, box.Y, tangent, box.Width)];
        }

        return new[] { -.33f, 0, .33f }.Select(at => at * box.Width).Select(u => (box.X + u, box.Y, tangent + (2 * box.Curve * u), box.Width / 3));
    }
}
