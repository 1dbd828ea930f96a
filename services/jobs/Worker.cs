namespace Invoicing.Jobs;

/// <summary>A browser process and its sessions. Not heard of for 20 s means it has none.</summary>
public sealed class Worker
{
    public required string Id { get; init; }
    public int Slots { get; private set; }
    public int Busy { get; private set; }
    public bool Draining { get; private set; }
    public DateTimeOffset SeenAt { get; private set; }

    public void Report(int slots, int busy, bool draining, DateTimeOffset now) => (Slots, Busy, Draining, SeenAt) = (slots, busy, draining, now);
}

/// <summary>Where a worker's own process is called, with no balancer between.</summary>
public sealed class WorkerAddress
{
    public required string WorkerId { get; init; }

    public required string Address { get; init; }
}
