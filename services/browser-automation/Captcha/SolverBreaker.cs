using System.Collections.Concurrent;

namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>Three time-outs in a row at one portal: its captchas are people's for an hour.</summary>
public sealed class SolverBreaker(TimeProvider time)
{
    private const int Most = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, (int TimeOuts, DateTimeOffset Last)> hosts = new();

    public bool IsOpen(string host) => hosts.TryGetValue(host, out var seen) && seen.TimeOuts >= Most && time.GetUtcNow() - seen.Last < Rest;

    public void TimedOut(string host) =>
        hosts.AddOrUpdate(host, (1, time.GetUtcNow()), (_, seen) => (time.GetUtcNow() - seen.Last < Rest ? seen.TimeOuts + 1 : 1, time.GetUtcNow()));

    public void Answered(string host) => hosts.TryRemove(host, out _);
}
