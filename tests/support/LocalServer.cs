using System.Diagnostics;

namespace Invoicing.TestSupport;

/// <summary>A server that dies with the test process, and before that as often as a test wants: it starts again on the same data.</summary>
public sealed class LocalServer(string name, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Func<Task> probe)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private Process? process;

    /// <summary>Until it answers.</summary>
    public async Task StartAsync()
    {
        var running = process = Children.Start(command, environment, "/", _ => { });
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (!running.HasExited)
            {
                running.Kill(entireProcessTree: true);
            }
        };
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await probe();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) < StartLimit)
            {
                await Task.Delay(200);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{name} did not start within {StartLimit.TotalSeconds} s", e);
            }
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        process!.Kill(entireProcessTree: true);
        process.WaitForExit();
    }
}

/// <summary>A PostgreSQL and a RabbitMQ for one test alone, which may kill them; from the installed packages.</summary>
public sealed record OwnServers(string Postgres, LocalServer Database, Uri Amqp, Uri Management, LocalServer Broker)
{
    public static async Task<OwnServers> StartAsync()
    {
        var (postgres, database) = await LocalServers.StartPostgresAsync(mortal: true);
        var (amqp, management, broker) = await LocalServers.StartRabbitMqAsync();
        return new OwnServers(postgres, database, amqp, management, broker);
    }
}
