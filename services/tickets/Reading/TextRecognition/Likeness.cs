namespace Invoicing.Tickets.Reading;

/// <summary>What the zeros and the Os of a slip look like, and which of them another print is nearer to.</summary>
internal sealed class Likeness
{
    private const int LeastKnown = 3;

    /// <summary>Of how many known prints the likeness is taken.</summary>
    private const int Nearest = 3;

    /// <summary>How far from the middle between them both must lie, in spreads, to be told from each other.</summary>
    private const float LeastApart = 1.5f;

    /// <summary>Natural logarithm of how much likelier the one must be than the other.</summary>
    private const float LeastOdds = 2.5f;

    /// <summary>A print must be nearly as near to known ones as the least of these is to the others.</summary>
    private const float Slack = .85f;

    /// <summary>A few prints that happen to be alike do not say that all are.</summary>
    private const float LeastSpread = .02f;

    private readonly List<Glyph> zeros;
    private readonly List<Glyph> letters;
    private readonly (float Zero, float Letter) mean;
    private readonly float spread;
    private readonly (float Zero, float Letter) least;

    private Likeness(List<Glyph> zeros, List<Glyph> letters)
    {
        (this.zeros, this.letters) = (zeros, letters);
        var (asZero, asLetter) = (zeros.ConvertAll(Lean), letters.ConvertAll(Lean));
        mean = (asZero.Average(), asLetter.Average());
        spread = MathF.Max(LeastSpread, MathF.Sqrt((asZero.Average(lean => Squared(lean - mean.Zero)) + asLetter.Average(lean => Squared(lean - mean.Letter))) / 2));
        least = (Slack * zeros.Min(zero => Nearness(zero, zeros)), Slack * letters.Min(letter => Nearness(letter, letters)));
    }

    /// <summary>Null when the slip shows too few of them or its type draws both alike.</summary>
    public static Likeness? Between(List<Glyph> zeros, List<Glyph> letters)
    {
        if (zeros.Count < LeastKnown || letters.Count < LeastKnown)
        {
            return null;
        }

        var likeness = new Likeness(WellCut(zeros), WellCut(letters));
        return likeness.mean.Zero - likeness.mean.Letter < 2 * LeastApart * likeness.spread ? null : likeness;
    }

    /// <summary>Null when it may be either, or is like neither: a speck, a fold, two characters in one.</summary>
    public bool? IsZero(Glyph print)
    {
        var odds = (mean.Zero - mean.Letter) * (Lean(print) - ((mean.Zero + mean.Letter) / 2)) / Squared(spread);
        return odds >= LeastOdds && Nearness(print, zeros) >= least.Zero ? true
            : odds <= -LeastOdds && Nearness(print, letters) >= least.Letter ? false
            : null;
    }

    /// <summary>Without those that are least like the others: cut out beside their place, or smudged.</summary>
    private static List<Glyph> WellCut(List<Glyph> prints) => [.. prints.OrderByDescending(print => Nearness(print, prints)).Take(Math.Max(LeastKnown, prints.Count * 7 / 10))];

    private static float Squared(float value) => value * value;

    private float Lean(Glyph print) => Nearness(print, zeros) - Nearness(print, letters);

    /// <summary>To the nearest of the known prints but itself.</summary>
    private static float Nearness(Glyph print, List<Glyph> known) => known.Where(other => other != print).Select(print.Likeness).OrderDescending().Take(Nearest).Average();
}
