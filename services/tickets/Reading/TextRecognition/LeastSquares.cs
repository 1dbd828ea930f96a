namespace Invoicing.Tickets.Reading;

/// <summary>A weighted fit of a few unknowns.</summary>
internal static class LeastSquares
{
    /// <param name="samples">Each: what the unknowns are multiplied by, what their sum should be, and how much it counts.</param>
    /// <param name="pull">How strongly each unknown is held near zero.</param>
    /// <returns>Null when the samples do not tell.</returns>
    public static double[]? Solve(IReadOnlyList<(double[] Of, double Is, double Weight)> samples, double[] pull)
    {
        var n = pull.Length;
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            rows[i] = [.. Enumerable.Range(0, n).Select(j => samples.Sum(s => s.Weight * s.Of[i] * s.Of[j]) + (i == j ? pull[i] : 0)), samples.Sum(s => s.Weight * s.Of[i] * s.Is)];
        }

        return Eliminated(rows);
    }

    /// <summary>Gauss and Jordan, the largest pivot first.</summary>
    private static double[]? Eliminated(double[][] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var pivot = Enumerable.Range(i, rows.Length - i).MaxBy(row => Math.Abs(rows[row][i]));
            (rows[i], rows[pivot]) = (rows[pivot], rows[i]);
            if (Math.Abs(rows[i][i]) < 1e-9)
            {
                return null;
            }

            foreach (var other in rows.Where(other => other != rows[i]))
            {
                var factor = other[i] / rows[i][i];
                for (var j = i; j <= rows.Length; j++)
                {
                    other[j] -= factor * rows[i][j];
                }
            }
        }

        return [.. rows.Select((row, i) => row[^1] / row[i])];
    }
}
