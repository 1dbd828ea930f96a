using Invoicing.BrowserAutomation.Browser;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>The broker may bring the same attempt again: while it runs, and after its connection was cut when it was about to be acknowledged.</summary>
public sealed class AttemptsTests
{
    [Test]
    public void An_attempt_that_runs_or_ran_here_is_not_begun_again()
    {
        var attempts = new Attempts(new BrowserSettings());
        var running = attempts.Begin(7, 1)!;
        Assert.That(attempts.Begin(7, 1), Is.Null);
        attempts.End(running);
        Assert.That(attempts.Begin(7, 1), Is.Null);
        Assert.That(attempts.Begin(7, 2), Is.Not.Null);
    }

    [Test]
    public void An_attempt_that_never_began_may_be_tried_again()
    {
        var attempts = new Attempts(new BrowserSettings());
        attempts.Drop(attempts.Begin(7, 1)!);
        Assert.That(attempts.Begin(7, 1), Is.Not.Null);
    }
}
