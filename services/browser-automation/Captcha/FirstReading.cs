namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>
/// The first picture of an attempt is read by the service, where the tenant allows it. What it got wrong a person reads: portals lock a ticket
/// after some wrong answers.
/// </summary>
public sealed class FirstReading(Solver solver, bool allowed)
{
    private Solved? solved;
    private bool tried;

    /// <summary>Readings that cost, right or wrong.</summary>
    public int Count { get; private set; }

    /// <summary>Null: ask a person.</summary>
    /// <param name="refused">The portal has not accepted the last answer.</param>
    public async Task<string?> TryAsync(string host, byte[] picture, bool refused, CancellationToken ct)
    {
        if (refused && solved is { } wrong)
        {
            solved = null;
            await solver.ComplainAsync(wrong, ct);
        }

        if (!allowed || tried || !solver.Takes(host))
        {
            return null;
        }

        tried = true;
        solved = await solver.ReadAsync(host, picture, ct);
        Count += solved is null ? 0 : 1;
        return solved?.Text;
    }
}
