using System.Security.Cryptography;

namespace Invoicing.TestSupport;

/// <summary>Which processes a <see cref="LocalSystem"/> has, and how they differ from the usual.</summary>
public sealed record SystemPlan
{
    public static readonly IReadOnlyList<string> Everything = ["gateway", "tickets", "tickets-reader", "jobs", "billing-metrics", "tenant-config", "browser-automation"];

    /// <summary>By name; names that start with <c>gateway</c> are replicas of it, those that end in <c>@older</c> run an earlier version.</summary>
    public IReadOnlyList<string> Services { get; init; } = Everything;

    /// <summary>The simulated portals, and what a seeded installation has: a taxpayer, merchants, the trusted PAC.</summary>
    public bool Portals { get; init; } = true;

    /// <summary>Addresses of services that the test itself stands in for.</summary>
    public IReadOnlyDictionary<string, string> StandIns { get; init; } = new Dictionary<string, string>();

    /// <summary>Further settings by service.</summary>
    public Action<string, Dictionary<string, string>> More { get; init; } = (_, _) => { };

    /// <summary>Database and broker; those of the run when left out.</summary>
    public OwnServers? Servers { get; init; }

    /// <summary>The checkout of an earlier version, built: its services start first, on databases of their own making.</summary>
    public string? Older { get; init; }
}

/// <summary>The system as real processes on free ports, its own databases and virtual host, with the simulated portals beside it.</summary>
public sealed class LocalSystem : IAsyncDisposable
{
    private const string AdminId = "system-tests";
    private readonly Dictionary<string, ServiceProcess> processes = [];
    private readonly string scratch = Directory.CreateTempSubdirectory("invoicing-system-").FullName;
    private readonly string adminSecret = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));

    public InternalKeys Keys { get; } = new();

    /// <summary>The virtual host its services share, for a test that speaks as one of them.</summary>
    public string Broker { get; private set; } = "";

    /// <summary>Connection strings by name: tickets, jobs, billing, tenants.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; private set; } = new Dictionary<string, string>();

    /// <summary>The file store its services share.</summary>
    public string Artefacts => Path.Combine(scratch, "artefacts");

    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>The portals' control port: sells tickets, arranges faults, tells the truth.</summary>
    public HttpClient Portals { get; private set; } = null!;

    public ServiceProcess this[string name] => processes[name];

    /// <param name="more">Further settings by service.</param>
    public static Task<LocalSystem> StartAsync(Action<string, Dictionary<string, string>>? more = null) =>
        StartAsync(new SystemPlan { More = more ?? ((_, _) => { }) });

    public static async Task<LocalSystem> StartAsync(SystemPlan plan)
    {
        var system = new LocalSystem();
        try
        {
            await system.ConfigureAsync(plan);
            await system.UpAsync(plan);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>The platform administrator's client, for a test that signs in as a person does.</summary>
    public (string Id, string Secret) Admin => (AdminId, adminSecret);

    /// <summary>An access token of the platform's administrator.</summary>
    public Task<string> PlatformTokenAsync() => Seed.TokenAsync(Gateway, AdminId, adminSecret);

    private async Task UpAsync(SystemPlan plan)
    {
        foreach (var age in processes.Values.GroupBy(p => IsOlder(p.Name)).OrderByDescending(g => g.Key).ToList())
        {
            age.ToList().ForEach(p => p.Start());
            foreach (var process in age.Where(p => p.Name != "portals"))
            {
                await process.WaitUntilHealthyAsync();
            }
        }

        Gateway = new HttpClient { BaseAddress = new Uri(this["gateway"].Url), Timeout = TimeSpan.FromSeconds(60) };
        // A dozen cold processes may be too slow for the first question each asks another.
        await Eventually.TrueAsync(async () => await IsWarmAsync(), "a first answer to the platform's administrator", seconds: plan.Older is null ? 30 : 120);
        if (plan.Portals)
        {
            try
            {
                await new Seed(Gateway, Portals).RunAsync(await PlatformTokenAsync());
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"{e.Message}\n{LastWords([.. processes.Keys])}", e);
            }
        }
    }

    private async Task<bool> IsWarmAsync()
    {
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, "/invoicing/v2/jobs?limit=1") { Headers = { Authorization = new("Bearer", await PlatformTokenAsync()) } };
            using var answer = await Gateway.SendAsync(question);
            return (int)answer.StatusCode < 500;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes.Values)
        {
            process.Kill();
        }

        Gateway?.Dispose();
        Portals?.Dispose();
        await Task.Run(() => Directory.Delete(scratch, recursive: true));
    }

    /// <summary>What every process printed last, for a failing test.</summary>
    public string LastWords(params string[] names) =>
        string.Join("\n\n", names.Select(n => $"=== {n}\n{processes[n].LastWords()}"));

    /// <summary>What all processes said last of one request.</summary>
    public string WordsOf(string traceId) =>
        string.Join('\n', processes.SelectMany(p => p.Value.LastWords().Split('\n').Where(line => line.Contains(traceId, StringComparison.Ordinal)).Select(line => $"{p.Key}: {line}")));

    private async Task ConfigureAsync(SystemPlan plan)
    {
        Broker = await Servers.NewBrokerAsync(plan.Servers);
        var urls = plan.Services.ToDictionary(s => s, _ => $"http://127.0.0.1:{Ports.Free()}");
        var known = urls.Concat(plan.StandIns).ToDictionary();
        var databases = new Dictionary<string, string>();
        foreach (var database in (string[])["tickets", "jobs", "billing", "tenants"])
        {
            databases[database] = await Servers.NewDatabaseAsync(plan.Servers);
        }

        Databases = databases;
        Directory.CreateDirectory(Path.Combine(scratch, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(scratch, "secrets", "k1.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        using (var rsa = RSA.Create(2048))
        {
            await File.WriteAllTextAsync(Path.Combine(scratch, "oauth.pem"), rsa.ExportPkcs8PrivateKeyPem());
        }

        foreach (var (service, url) in urls)
        {
            var environment = Environment(service, url, known, databases);
            plan.More(service, environment);
            processes[service] = new ServiceProcess(service, Project(service), environment, IsOlder(service) ? plan.Older! : Repository.Root);
        }

        if (plan.Portals)
        {
            AddPortals();
        }
    }

    private Dictionary<string, string> Environment(string service, string url, Dictionary<string, string> known, Dictionary<string, string> databases)
    {
        var name = Named(service) switch { "tickets-reader" => "tickets", _ when service.StartsWith("gateway", StringComparison.Ordinal) => "gateway", var own => own };
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = url,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Metrics__Port"] = $"{Ports.Free()}",
            ["ConnectionStrings__rabbitmq"] = Broker,
            ["OTEL_SERVICE_NAME"] = Named(service),
            ["Identity__Name"] = name,
            ["Identity__SigningKey"] = Keys.PrivateKey(name),
            ["Identity__Keys"] = Keys.PublicFolder,
            ["Artefacts__Root"] = Artefacts,
            ["Egress__AllowLoopback"] = "true",
            ["Security__Anonymous"] = "operator",
            ["Secrets__Keys"] = Path.Combine(scratch, "secrets"),
            ["OAuth__SigningKey"] = Path.Combine(scratch, "oauth.pem"),
            ["Bootstrap__PlatformAdmin__ClientId"] = AdminId,
            ["Bootstrap__PlatformAdmin__ClientSecret"] = adminSecret,
            ["Role"] = Named(service) == "tickets" ? "api" : Named(service) == "tickets-reader" ? "reader" : "all",
            // Tests look far more often than a client should.
            ["RateLimits__reads"] = "100000",
            ["RateLimits__writes"] = "10000",
            ["MASSTRANSIT_USAGE_TELEMETRY"] = "false",
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (database, connection) in databases)
        {
            environment[$"ConnectionStrings__{database}"] = connection;
        }

        foreach (var replicas in known.GroupBy(k => Named(k.Key)))
        {
            foreach (var (index, (_, address)) in replicas.Index())
            {
                environment[$"services__{replicas.Key}__http__{index}"] = address;
            }
        }

        return environment;
    }

    private void AddPortals()
    {
        var control = Ports.Free();
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{control}", ["Portals__Data"] = Path.Combine(scratch, "portals") };
        foreach (var portal in (string[])["Simple", "OxxoTest", "LitroMilFirst", "LitroMil"])
        {
            environment[$"Portals__Ports__{portal}"] = $"{Ports.Free()}";
        }

        environment["Portals__Ports__Control"] = $"{control}";
        processes["portals"] = new ServiceProcess("portals", "tests/portals", environment);
        Portals = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{control}") };
    }

    private static bool IsOlder(string service) => service.EndsWith("@older", StringComparison.Ordinal);

    private static string Named(string service) => service.Split('@')[0];

    private static string Project(string service) => Named(service) switch
    {
        var own when own.StartsWith("gateway", StringComparison.Ordinal) => "gateway",
        "tickets-reader" => "services/tickets",
        var own => $"services/{own}",
    };
}
