using System.Diagnostics;
using Npgsql;

namespace Invoicing.TestSupport;

/// <summary>PostgreSQL and RabbitMQ as children of the test process, from the distribution's packages, on free ports; they die with it.</summary>
internal static class LocalServers
{
    /// <summary>Benchmarks measure what a commit costs; tests need not wait for the disk.</summary>
    private static bool Durable => Environment.GetEnvironmentVariable("INVOICING_TEST_DURABLE") == "1";

    public static bool DockerAnswers { get; } =
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || File.Exists("/var/run/docker.sock");

    /// <param name="mortal">Somebody will kill it: what it committed must be there afterwards. Only the machine's own end would lose it.</param>
    public static async Task<(string Connection, LocalServer Server)> StartPostgresAsync(bool mortal = false)
    {
        const string bin = "/usr/lib/postgresql/15/bin";
        Need($"{bin}/postgres", "postgresql-15");
        var port = Ports.Free();
        var directory = Scratch("pg");
        var root = Environment.UserName == "root";
        if (root)
        {
            Run("chown", "postgres:postgres", directory);
        }

        string[] user = root ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        Run("setpriv", [.. user, $"{bin}/initdb", "-D", directory + "/data", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        var connection = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        string[] command = [.. user, $"{bin}/postgres", "-D", directory + "/data", "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}",
            "-c", "unix_socket_directories=", "-c", "max_connections=300",
            .. Durable ? Array.Empty<string>() : mortal ? ["-c", "fsync=off"] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]];
        var server = new LocalServer("PostgreSQL", command, new Dictionary<string, string>(), async () =>
        {
            await using var probe = new NpgsqlConnection(connection + ";Pooling=false");
            await probe.OpenAsync();
        });
        await server.StartAsync();
        return (connection, server);
    }

    public static async Task<(Uri Amqp, Uri Management, LocalServer Server)> StartRabbitMqAsync()
    {
        const string bin = "/usr/lib/rabbitmq/bin/rabbitmq-server";
        Need(bin, "rabbitmq-server");
        var (amqp, distribution, epmd, management) = (Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free());
        var directory = Scratch("mq");
        await File.WriteAllTextAsync($"{directory}/enabled_plugins", "[rabbitmq_management].");
        await File.WriteAllTextAsync($"{directory}/rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{amqp}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {management}
            loopback_users = none
            log.console = false
            """);
        await new LocalServer("epmd", ["epmd", "-port", $"{epmd}", "-address", "127.0.0.1"], new Dictionary<string, string>(), () => Task.CompletedTask).StartAsync();
        var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Basic Z3Vlc3Q6Z3Vlc3Q=" } } };
        var server = new LocalServer("RabbitMQ", [bin], new Dictionary<string, string>
        {
            ["HOME"] = directory, ["LANG"] = "C.UTF-8", ["RABBITMQ_NODENAME"] = $"rabbit{amqp}@localhost",
            ["RABBITMQ_CONFIG_FILE"] = $"{directory}/rabbitmq.conf", ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = $"{directory}/enabled_plugins", ["RABBITMQ_MNESIA_BASE"] = $"{directory}/mnesia",
            ["RABBITMQ_LOG_BASE"] = $"{directory}/log", ["RABBITMQ_DIST_PORT"] = $"{distribution}", ["ERL_EPMD_PORT"] = $"{epmd}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1", ["RUNNING_UNDER_SYSTEMD"] = "true",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        }, async () => (await http.GetAsync(new Uri($"http://127.0.0.1:{management}/api/health/checks/port-listener/{amqp}"))).EnsureSuccessStatusCode());
        await server.StartAsync();
        return (new Uri($"amqp://guest:guest@127.0.0.1:{amqp}"), new Uri($"http://127.0.0.1:{management}/"), server);
    }

    private static string Scratch(string name)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"invoicing-{name}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}");
        Directory.CreateDirectory(directory);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run("rm", "-rf", directory);
        return directory;
    }

    private static void Need(string file, string package)
    {
        if (!File.Exists(file))
        {
            throw new InvalidOperationException($"{file} is missing: run ./dev test, or apt-get install {package}, or set INVOICING_TEST_POSTGRES / INVOICING_TEST_RABBITMQ");
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }
}
