using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Invoicing.Exam;

/// <summary>Where the attempts' time went, by the worker's own spans: each without what it began.</summary>
public sealed class Spent : IDisposable
{
    private readonly ConcurrentDictionary<(string Pass, string Span), (int Count, double Milliseconds)> sums = new();
    private readonly ActivityListener listener;

    public Spent()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Invoicing", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Portal and pass of each job that is looked at.</summary>
    public ConcurrentDictionary<long, string> Jobs { get; } = new();

    public void Print()
    {
        foreach (var pass in sums.GroupBy(s => s.Key.Pass).OrderBy(g => g.Key))
        {
            var whole = pass.First(s => s.Key.Span == "attempt").Value.Count;
            Console.WriteLine($"\n{pass.Key}: milliseconds an attempt (times)");
            foreach (var ((_, span), (count, milliseconds)) in pass.OrderByDescending(s => s.Value.Milliseconds))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {span,-28} {milliseconds / whole,8:0} ({(double)count / whole,5:0.0})"));
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private void Add(Activity done)
    {
        var attempt = done;
        while (attempt.GetTagItem("invoicing.job_id") is null && attempt.Parent is { } parent)
        {
            attempt = parent;
        }

        done.Parent?.SetCustomProperty("within", (done.Parent.GetCustomProperty("within") as double? ?? 0) + done.Duration.TotalMilliseconds);
        var own = done.Duration.TotalMilliseconds - (done.GetCustomProperty("within") as double? ?? 0);
        if (attempt.GetTagItem("invoicing.job_id") is long job)
        {
            var name = done.GetTagItem("invoicing.move") is string move ? $"{done.OperationName} {move}" : done.OperationName;
            sums.AddOrUpdate((Jobs.GetValueOrDefault(job, ""), name), (1, own), (_, sum) => (sum.Count + 1, sum.Milliseconds + own));
        }
    }
}
