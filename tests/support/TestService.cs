using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Invoicing.TestSupport;

/// <summary>One service, its real Program on real servers, with HTTP clients for any caller and a bus on its virtual host.</summary>
/// <typeparam name="TProgram">The service's Program (or any public type of its assembly).</typeparam>
public sealed class TestService<TProgram> : WebApplicationFactory<TProgram> where TProgram : class
{
    private readonly Dictionary<string, string?> settings;
    private readonly Action<IServiceCollection> services;

    private TestService(Dictionary<string, string?> settings, Action<IServiceCollection> services) => (this.settings, this.services) = (settings, services);

    public required InternalKeys Keys { get; init; }

    /// <summary>Connection string of the service's database, empty for a service without one.</summary>
    public required string Database { get; init; }

    public required string Broker { get; init; }

    /// <param name="name">Resource name: tickets, jobs, …</param>
    /// <param name="database">Name of its connection string, null when it has no database.</param>
    /// <param name="more">Further settings, winning over the defaults.</param>
    /// <param name="services">Last words on the container, for fakes of the outside world.</param>
    public static async Task<TestService<TProgram>> StartAsync(
        string name, string? database, Dictionary<string, string?>? more = null, Action<IServiceCollection>? services = null, TestBus? bus = null, InternalKeys? keys = null)
    {
        keys ??= new InternalKeys();
        var broker = bus?.Broker ?? await Servers.NewBrokerAsync();
        var db = database is null ? "" : await Servers.NewDatabaseAsync();
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:rabbitmq"] = broker,
            ["Identity:Name"] = name,
            ["Identity:SigningKey"] = keys.PrivateKey(name),
            ["Identity:Keys"] = keys.PublicFolder,
            ["Artefacts:Root"] = Path.Combine(Path.GetTempPath(), "invoicing-test-artefacts"),
            ["Egress:AllowLoopback"] = "true",
        };
        if (database is not null)
        {
            settings[$"ConnectionStrings:{database}"] = db;
        }

        foreach (var (key, value) in more ?? [])
        {
            settings[key] = value;
        }

        var service = new TestService<TProgram>(settings, services ?? (_ => { })) { Keys = keys, Database = db, Broker = broker };
        service.CreateDefaultClient().Dispose();
        return service;
    }

    /// <summary>A client that calls as this caller would arrive from the gateway.</summary>
    public HttpClient As(Caller caller) => WithToken(Keys.Token(caller));

    /// <summary>An operator, admin or viewer of a tenant.</summary>
    public HttpClient As(string companyId, Role role = Role.@operator) => As(new Caller($"test-{role}", companyId, role, false));

    /// <summary>The local run's caller without credential.</summary>
    public HttpClient AsAnonymous() => As(new Caller("anonymous", null, Role.@operator, true));

    public HttpClient AsPlatformAdmin() => As(new Caller("root", null, Role.platform_admin, false));

    /// <summary>Another service.</summary>
    public HttpClient AsService(string speaker) => WithToken(Keys.ServiceToken(speaker));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services);
    }

    private HttpClient WithToken(string token)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
