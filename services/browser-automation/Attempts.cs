using System.Collections.Concurrent;
using Invoicing.BrowserAutomation.Browser;

namespace Invoicing.BrowserAutomation;

public enum StopReason
{
    None,
    Cancelled,
    Stale,
    Draining,
    TimedOut,
}

/// <summary>An attempt that this process holds.</summary>
public sealed class HeldAttempt(long job, int attempt) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<PersonAnswer>> asked = new();

    public long Job { get; } = job;

    public int Attempt { get; } = attempt;

    /// <summary>A person is asked: the slot is free for others.</summary>
    public bool Waiting { get; set; }

    public StopReason Reason { get; private set; }

    public CancellationToken Stopped => stop.Token;

    public Task? Run { get; set; }

    public void Stop(StopReason reason)
    {
        if (Reason == StopReason.None)
        {
            Reason = reason;
            stop.Cancel();
        }
    }

    /// <summary>The answer to one question; null when nobody answered in time.</summary>
    public async Task<PersonAnswer?> AwaitAnswerAsync(string interventionId, TimeSpan limit)
    {
        var answer = asked.GetOrAdd(interventionId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            return await answer.Task.WaitAsync(limit, Stopped);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            asked.TryRemove(interventionId, out _);
        }
    }

    /// <summary>Opens the ear for a question, before it is asked.</summary>
    public void Expect(string interventionId) => asked.TryAdd(interventionId, new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>False when it answers nothing that is asked here now; a second answer changes nothing.</summary>
    public bool Answer(string interventionId, PersonAnswer answer) => asked.TryGetValue(interventionId, out var waiting) && waiting.TrySetResult(answer);

    public void Dispose() => stop.Dispose();
}

/// <param name="Action">answer, approve or reject.</param>
public sealed record PersonAnswer(string Action, string? Value);

/// <summary>The attempts this process runs, and how many more it takes.</summary>
public sealed class Attempts(BrowserSettings settings)
{
    private const int Remembered = 1000;
    private readonly ConcurrentDictionary<(long, int), HeldAttempt> held = new();
    private readonly ConcurrentQueue<(long, int)> ran = new();

    public bool Draining { get; private set; }

    public int Slots => settings.Slots;

    public int Busy => held.Values.Count(a => !a.Waiting);

    public int WaitingForPeople => held.Values.Count(a => a.Waiting);

    public bool MayWait => WaitingForPeople < settings.MaxWaiting;

    public IReadOnlyList<HeldAttempt> All => [.. held.Values];

    /// <summary>Null when it runs here already, or ran here just now: a message that comes again must not press again.</summary>
    public HeldAttempt? Begin(long job, int attempt)
    {
        var begun = new HeldAttempt(job, attempt);
        if (!ran.Contains((job, attempt)) && held.TryAdd((job, attempt), begun))
        {
            return begun;
        }

        begun.Dispose();
        return null;
    }

    public HeldAttempt? Find(long job, int attempt) => held.GetValueOrDefault((job, attempt));

    /// <summary>Its run is over.</summary>
    public void End(HeldAttempt attempt)
    {
        ran.Enqueue((attempt.Job, attempt.Attempt));
        while (ran.Count > Remembered)
        {
            ran.TryDequeue(out _);
        }

        Drop(attempt);
    }

    /// <summary>It never began; it may be tried again.</summary>
    public void Drop(HeldAttempt attempt)
    {
        held.TryRemove((attempt.Job, attempt.Attempt), out _);
        attempt.Dispose();
    }

    public void Drain()
    {
        Draining = true;
        foreach (var attempt in held.Values)
        {
            attempt.Stop(StopReason.Draining);
        }
    }
}
