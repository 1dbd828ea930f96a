using System.Globalization;
using System.Threading.Channels;
using Npgsql;

namespace Invoicing.Jobs;

/// <summary>
/// Wakes who waits for a job's change: those in this process at once when the change is committed, those in other replicas through NOTIFY
/// job_events, many changes in one notice (a notice inside the change's own commit would make all commits wait for each other). A notice may be
/// lost with its process: whoever waits looks now and then.
/// </summary>
public sealed class JobNotices(NpgsqlDataSource source, ILogger<JobNotices> log) : BackgroundService
{
    public const string Channel = "job_events";
    private const int AtOnce = 200;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private readonly string self = Guid.NewGuid().ToString("N")[..8];
    private readonly Channel<Notice> untold = System.Threading.Channels.Channel.CreateUnbounded<Notice>(new UnboundedChannelOptions { SingleReader = true });

    /// <param name="AtRest">The job waits for something, or is over: slots, queue or webhooks may have work.</param>
    public readonly record struct Notice(long Job, bool AtRest);

    /// <summary>Be brief.</summary>
    public event Action<Notice>? Heard;

    /// <summary>Counts up while the caller has not waited; dispose to stop.</summary>
    public Subscription On(Func<Notice, bool> which) => new(this, which);

    /// <summary>The change is committed.</summary>
    public void Tell(Notice notice)
    {
        Heard?.Invoke(notice);
        untold.Writer.TryWrite(notice);
    }

    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(KeepAtAsync(ListenAsync, ct), KeepAtAsync(TellOthersAsync, ct));

    private async Task KeepAtAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Job notices interrupted ({Error}); polling goes on", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) => Hear(notice.Payload);
        await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
        await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private async Task TellOthersAsync(CancellationToken ct)
    {
        while (await untold.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(Gather, ct);
            var gathered = new Dictionary<long, bool>();
            while (gathered.Count < AtOnce && untold.Reader.TryRead(out var notice))
            {
                gathered[notice.Job] = notice.AtRest || gathered.GetValueOrDefault(notice.Job);
            }

            await using var notify = source.CreateCommand("SELECT pg_notify($1, $2)");
            notify.Parameters.Add(new() { Value = Channel });
            notify.Parameters.Add(new() { Value = $"{self} {string.Join(',', gathered.Select(g => $"{g.Key}{(g.Value ? "+" : "")}"))}" });
            await notify.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Who says it, then jobs, those at rest with a plus.</summary>
    private void Hear(string payload)
    {
        if (payload.Split(' ') is not [var speaker, var jobs] || speaker == self)
        {
            return;
        }

        foreach (var job in jobs.Split(','))
        {
            if (long.TryParse(job.TrimEnd('+'), CultureInfo.InvariantCulture, out var id))
            {
                Heard?.Invoke(new Notice(id, job.EndsWith('+')));
            }
        }
    }

    public sealed class Subscription : IDisposable
    {
        private readonly JobNotices notices;
        private readonly Func<Notice, bool> which;
        private readonly SemaphoreSlim signal = new(0, 1);

        internal Subscription(JobNotices notices, Func<Notice, bool> which)
        {
            (this.notices, this.which) = (notices, which);
            notices.Heard += OnHeard;
        }

        /// <summary>Until something was heard since the last wait, or the time is over.</summary>
        public Task WaitAsync(TimeSpan limit, CancellationToken ct) => signal.WaitAsync(limit, ct);

        public void Dispose()
        {
            notices.Heard -= OnHeard;
            signal.Dispose();
        }

        private void OnHeard(Notice notice)
        {
            try
            {
                if (which(notice) && signal.CurrentCount == 0)
                {
                    signal.Release();
                }
            }
            catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
            {
                // Already awake, or gone.
            }
        }
    }
}
