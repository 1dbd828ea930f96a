namespace Invoicing.Bench;

/// <summary>How many jobs were submitted, and how many of them the engine has stored.</summary>
internal sealed class Tally
{
    private int submitted;
    private int stored;

    public int Submitted => Volatile.Read(ref submitted);

    /// <returns>The job's number, from 1.</returns>
    public int Submit() => Interlocked.Increment(ref submitted);

    public void Store() => Interlocked.Increment(ref stored);

    public async Task AllStoredAsync()
    {
        while (Volatile.Read(ref stored) < Submitted)
        {
            await Task.Delay(5);
        }
    }
}
