using Npgsql;

namespace Invoicing.Jobs;

/// <summary>Hears of every job's change in whichever replica it was made (NOTIFY job_events), and wakes who waits for it here.</summary>
public sealed class JobNotices(NpgsqlDataSource source, ILogger<JobNotices> log) : BackgroundService
{
    public const string Channel = "job_events";

    /// <summary>Raised with the job's id, on the listening connection's thread: be brief.</summary>
    public event Action<long>? Heard;

    /// <summary>Counts up while the caller has not waited; dispose to stop.</summary>
    public Subscription On(Func<long, bool> which) => new(this, which);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                connection.Notification += (_, notice) => Heard?.Invoke(long.Parse(notice.Payload, System.Globalization.CultureInfo.InvariantCulture));
                await using var listen = new NpgsqlCommand($"LISTEN {Channel}", connection);
                await listen.ExecuteNonQueryAsync(ct);
                while (true)
                {
                    await connection.WaitAsync(ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Job notices interrupted ({Error}); polling goes on", e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    public sealed class Subscription : IDisposable
    {
        private readonly JobNotices notices;
        private readonly Func<long, bool> which;
        private readonly SemaphoreSlim signal = new(0, 1);

        internal Subscription(JobNotices notices, Func<long, bool> which)
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

        private void OnHeard(long job)
        {
            try
            {
                if (which(job) && signal.CurrentCount == 0)
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
