namespace Invoicing.Bench;

/// <summary>Order statistics of a sample.</summary>
internal static class Figures
{
    public static double Quantile(this IReadOnlyList<double> sample, double q)
    {
        var sorted = sample.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(q * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>Between the two in the middle where there is none.</summary>
    public static double Median(this IReadOnlyList<double> sample) => sample.Order().Skip((sample.Count - 1) / 2).Take(2 - (sample.Count % 2)).Average();
}
