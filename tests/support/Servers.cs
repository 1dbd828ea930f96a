using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Npgsql;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Invoicing.TestSupport;

/// <summary>
/// A PostgreSQL and a RabbitMQ server for this test run: those named in the environment, else containers where Docker answers, else local
/// processes of the installed packages. Tests keep apart by database and virtual host.
/// </summary>
public static class Servers
{
    private static readonly Lazy<Task<string>> Postgres = new(StartPostgresAsync);
    private static readonly Lazy<Task<(Uri Amqp, Uri Management)>> RabbitMq = new(StartRabbitMqAsync);
    private static readonly HttpClient Http = new();

    /// <summary>The connection string of a new, empty database.</summary>
    /// <param name="own">Of these servers, not of the run's.</param>
    public static async Task<string> NewDatabaseAsync(OwnServers? own = null)
    {
        var server = new NpgsqlConnectionStringBuilder(own?.Postgres ?? await Postgres.Value) { Database = "postgres" };
        var name = $"t_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        server.Database = name;
        server.MaxPoolSize = 20;
        return server.ConnectionString;
    }

    /// <summary>The address of a new, empty virtual host.</summary>
    /// <param name="own">Of these servers, not of the run's.</param>
    public static async Task<string> NewBrokerAsync(OwnServers? own = null)
    {
        var (amqp, management) = own is null ? await RabbitMq.Value : (own.Amqp, own.Management);
        var vhost = $"t_{Guid.NewGuid():N}";
        await PutAsync(management, amqp, $"api/vhosts/{vhost}", new { });
        await PutAsync(management, amqp, $"api/permissions/{vhost}/{amqp.UserInfo.Split(':')[0]}", new { configure = ".*", write = ".*", read = ".*" });
        return new Uri(amqp, "/" + vhost).ToString();
    }

    /// <summary>Queues of a virtual host with their message counts, from the broker's management API.</summary>
    public static async Task<IReadOnlyList<Queue>> QueuesAsync(string broker)
    {
        var (amqp, management) = await RabbitMq.Value;
        using var request = Request(HttpMethod.Get, management, amqp, "api/queues" + new Uri(broker).AbsolutePath);
        using var response = await Http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<IReadOnlyList<Queue>>() ?? [];
    }

    /// <summary>Every session of a database ends at once, in whatever it was doing.</summary>
    public static async Task CutDatabaseAsync(string database)
    {
        var server = new NpgsqlConnectionStringBuilder(database) { Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var cut = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", connection);
        await cut.ExecuteNonQueryAsync();
    }

    /// <summary>Every connection of a virtual host is closed by the broker.</summary>
    public static async Task CutBrokerAsync(string broker, OwnServers? own = null)
    {
        var (amqp, management) = own is null ? await RabbitMq.Value : (own.Amqp, own.Management);
        using var request = Request(HttpMethod.Get, management, amqp, $"api/vhosts{new Uri(broker).AbsolutePath}/connections");
        using var response = await Http.SendAsync(request);
        foreach (var connection in await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<IReadOnlyList<Connection>>() ?? [])
        {
            using var close = Request(HttpMethod.Delete, management, amqp, $"api/connections/{Uri.EscapeDataString(connection.Name)}");
            (await Http.SendAsync(close)).Dispose();
        }
    }

    private sealed record Connection(string Name);

    public sealed record Queue(string Name, long Messages, string Type);

    private static async Task PutAsync(Uri management, Uri amqp, string path, object body)
    {
        using var request = Request(HttpMethod.Put, management, amqp, path);
        request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri management, Uri amqp, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(management, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(amqp.UserInfo)));
        return request;
    }

    private static async Task<string> StartPostgresAsync()
    {
        if (Environment.GetEnvironmentVariable("INVOICING_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return given;
        }

        if (!LocalServers.DockerAnswers)
        {
            return (await LocalServers.StartPostgresAsync()).Connection;
        }

        var container = new PostgreSqlBuilder("postgres:18.3").Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }

    private static async Task<(Uri, Uri)> StartRabbitMqAsync()
    {
        if (Environment.GetEnvironmentVariable("INVOICING_TEST_RABBITMQ") is { Length: > 0 } given
            && Environment.GetEnvironmentVariable("INVOICING_TEST_RABBITMQ_MANAGEMENT") is { Length: > 0 } management)
        {
            return (new Uri(given), new Uri(management));
        }

        if (!LocalServers.DockerAnswers)
        {
            var local = await LocalServers.StartRabbitMqAsync();
            return (local.Amqp, local.Management);
        }

        var container = new RabbitMqBuilder("rabbitmq:4.3-management").WithPortBinding(15672, true).Build();
        await container.StartAsync();
        return (new Uri(container.GetConnectionString()), new Uri($"http://{container.Hostname}:{container.GetMappedPublicPort(15672)}/"));
    }
}
