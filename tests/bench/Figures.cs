namespace Invoicing.Bench;

/// <summary>Order statistics of a sample.</summary>
internal static class Figures
{
    public static double Quantile(this IReadOnlyList<double> sample, double q)
    {
        var sorted = sample.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(q * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static double Median(this IReadOnlyList<double> sample) => sample.Quantile(0.5);
}
