using System.Globalization;
using Invoicing.Tickets.Reading;

namespace Invoicing.OcrBench;

/// <summary>The table of confidence that measured outcomes make: for each kind of value the rising steps nearest to what was right (pooled adjacent violators).</summary>
internal static class Fit
{
    /// <summary>A step of fewer readings says little.</summary>
    private const int Least = 5;

    public static void Print(IEnumerable<Outcome> outcomes)
    {
        var read = outcomes.Where(outcome => outcome.Engine == "ours").SelectMany(outcome => outcome.Fields).Where(field => field.Value is not null);
        foreach (var kind in read.GroupBy(field => Calibration.KindOf(field.Key, new ReadField(field.Value!, field.Confidence, field.Alternatives))).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var points = Steps([.. kind.OrderBy(field => field.Confidence)]).Select(step => string.Create(CultureInfo.InvariantCulture, $"[{step.Said:0.###}, {step.Right / step.Count:0.###}]"));
            Console.WriteLine($"    \"{kind.Key}\": [{string.Join(", ", points)}],   {kind.Count()} readings");
        }
    }

    private static List<(double Said, double Right, double Count)> Steps(List<FieldOutcome> sorted)
    {
        var steps = new List<(double Said, double Right, double Count)>();
        foreach (var part in sorted.Chunk(Least))
        {
            // One reading that was right for sure at the rate said keeps small steps from claiming 0 or 1.
            steps.Add((part.Average(field => field.Confidence), part.Count(field => field.Right) + part.Average(field => field.Confidence), part.Length + 1));
            while (steps.Count > 1 && steps[^2].Right / steps[^2].Count >= steps[^1].Right / steps[^1].Count)
            {
                var (low, high) = (steps[^2], steps[^1]);
                steps.RemoveRange(steps.Count - 2, 2);
                steps.Add((((low.Said * low.Count) + (high.Said * high.Count)) / (low.Count + high.Count), low.Right + high.Right, low.Count + high.Count));
            }
        }

        return steps;
    }
}
