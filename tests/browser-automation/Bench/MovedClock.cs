namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>A clock that a test moves.</summary>
internal sealed class MovedClock : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
