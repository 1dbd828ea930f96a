using System.Collections.Concurrent;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>
/// Sign-ins that stay open between attempts, so that nobody is asked to prove that he is no robot for every ticket. In this process's memory alone,
/// each lent to one attempt at a time: two in one session would send each other's rows.
/// </summary>
public sealed class SignIns(TimeProvider time)
{
    private const int Most = 200;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(25);
    private readonly ConcurrentDictionary<PortalAccount, (string State, DateTimeOffset Until)> kept = new();

    /// <summary>Cookies and stores of the browser; null when the account must sign in. Gone from here until it is kept again.</summary>
    public string? Take(PortalAccount account) => kept.TryRemove(account, out var session) && session.Until > time.GetUtcNow() ? session.State : null;

    public void Keep(PortalAccount account, string state)
    {
        foreach (var old in kept.Where(k => k.Value.Until <= time.GetUtcNow()))
        {
            kept.TryRemove(old);
        }

        if (kept.Count < Most)
        {
            kept[account] = (state, time.GetUtcNow() + Life);
        }
    }
}
