using System.Collections.Concurrent;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Captcha;
using Invoicing.BrowserAutomation.Consumers;
using Invoicing.BrowserAutomation.Model;
using Invoicing.Messages;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>The worker with real Chromium; outside it a stand-in for jobs, a bus in memory, and a test that plays the person.</summary>
public sealed class WorkerBench : IAsyncDisposable
{
    private readonly ConcurrentQueue<object> said = new();
    private readonly IHost host;
    private readonly string folder;
    private readonly Complaints complaints;
    private static long lastJob;

    private WorkerBench(JobsStandIn jobs, IHost host, string folder, Complaints complaints)
    {
        this.complaints = complaints;
        Jobs = jobs;
        this.host = host;
        this.folder = folder;
    }

    public JobsStandIn Jobs { get; }

    /// <summary>Where artefacts are stored.</summary>
    public string Folder => folder;

    public IReadOnlyCollection<string> Logged => complaints.All;

    public Artefacts Artefacts => host.Services.GetRequiredService<Artefacts>();

    public LivePages Pages => host.Services.GetRequiredService<LivePages>();

    public Attempts Attempts => host.Services.GetRequiredService<Attempts>();

    /// <summary>Answers interventions; null leaves them unanswered.</summary>
    public Func<InterventionAsked, Task<AnswerIntervention?>> Person { get; set; } = _ => Task.FromResult<AnswerIntervention?>(null);

    /// <summary>By job, where several are asked at once.</summary>
    public ConcurrentDictionary<long, Func<InterventionAsked, Task<AnswerIntervention?>>> Persons { get; } = new();

    public static async Task<WorkerBench> StartAsync(int slots = 2, LogLevel logs = LogLevel.Error, SolverSettings? solver = null, ModelSettings? model = null, string? reader = null)
    {
        var jobs = await JobsStandIn.StartAsync();
        var folder = Directory.CreateTempSubdirectory("worker-bench").FullName;
        var builder = Host.CreateApplicationBuilder();
        var complaints = new Complaints(logs);
        builder.Logging.ClearProviders().AddProvider(complaints).SetMinimumLevel(logs);
        var services = builder.Services;
        var settings = new BrowserSettings { Slots = slots };
        settings.ExecutablePath = Environment.GetEnvironmentVariable("INVOICING_TEST_CHROMIUM") ?? settings.ExecutablePath;
        services.AddSingleton(TimeProvider.System).AddSingleton(settings).AddSingleton(new Egress(allowLoopback: true)).AddSingleton(new Artefacts(folder));
        // Watches a broker, of which there is none here: it is asked for and not started.
        builder.Configuration["ConnectionStrings:rabbitmq"] = "amqp://127.0.0.1";
        services.AddSingleton<BusWatch>();
        services.AddSingleton<Chromium>().AddSingleton<Attempts>().AddSingleton<SignIns>().AddSingleton<LivePages>().AddSingleton<Announcer>().AddSingleton<AttemptRun>();
        services.AddSolver(solver ?? new SolverSettings(), new Egress(allowLoopback: true));
        services.AddModel(model ?? new ModelSettings(), new Egress(allowLoopback: true));
        services.AddHttpClient<LocalReader>(http => http.BaseAddress = new Uri(reader ?? jobs.Address));
        services.AddHttpClient<JobsClient>(http => http.BaseAddress = new Uri(jobs.Address));
        services.AddHttpClient<TenantsClient>(http => http.BaseAddress = new Uri(jobs.Address));
        services.AddHostedService<Worker>();
        WorkerBench? bench = null;
        services.AddMassTransit(bus =>
        {
            bus.AddConsumers(typeof(AcceptAttempt).Assembly);
            bus.UsingInMemory((context, memory) =>
            {
                memory.ReceiveEndpoint("test", endpoint =>
                {
                    Hear<AttemptStarted>(endpoint, () => bench!);
                    Hear<StepRecorded>(endpoint, () => bench!);
                    Hear<InterventionAsked>(endpoint, () => bench!);
                    Hear<AttemptFinished>(endpoint, () => bench!);
                });
                memory.ConfigureEndpoints(context);
            });
        });
        bench = new WorkerBench(jobs, builder.Build(), folder, complaints);
        await bench.host.StartAsync();
        return bench;
    }

    public IReadOnlyList<T> Said<T>(long job) => [.. said.OfType<T>().Where(m => JobOf(m!) == job)];

    public Task SayAsync<T>(T message) where T : class => host.Services.GetRequiredService<IBus>().Publish(message);

    /// <summary>An attempt for a new job.</summary>
    public static RunAttempt Attempt(IReadOnlyList<string> urls, IReadOnlyDictionary<string, string> fields, bool consultOnly = false) => new(
        NextJob(), 1, 7, "acme", urls, fields, new Dictionary<string, IReadOnlyList<string>>(), null, null, consultOnly, true, new Dictionary<string, string>(), 150, 60);

    public static long NextJob() => Interlocked.Increment(ref lastJob);

    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task<AttemptFinished> RunAsync(RunAttempt attempt)
    {
        await SayAsync(attempt);
        return await WaitForAsync<AttemptFinished>(attempt.JobId);
    }

    /// <exception cref="TimeoutException">It was not said.</exception>
    public async Task<T> WaitForAsync<T>(long job)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(200))
        {
            if (Said<T>(job) is [var found, ..])
            {
                return found;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"No {typeof(T).Name} for job {job}; steps: {Story(job)}");
    }

    /// <summary>What the worker did, for a failing test's message.</summary>
    public string Story(long job) => string.Join('\n', Said<StepRecorded>(job).Select(s => $"{s.At:mm:ss.f} {s.Number}. {s.Action} [{s.Result}] {s.Description} {s.ErrorMessage} ({s.Url}, {s.TimingMs} ms)").Concat(complaints.All.Where(c => c.Contains($" {job}/", StringComparison.Ordinal))));

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        await Jobs.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static void Hear<T>(IReceiveEndpointConfigurator endpoint, Func<WorkerBench> bench) where T : class => endpoint.Handler<T>(async context =>
    {
        bench().said.Enqueue(context.Message);
        if (context.Message is InterventionAsked asked && await (bench().Persons.GetValueOrDefault(asked.JobId) ?? bench().Person)(asked) is { } answer)
        {
            await context.Publish(answer);
        }
    });

    private static long JobOf(object message) => message switch
    {
        AttemptStarted m => m.JobId,
        StepRecorded m => m.JobId,
        InterventionAsked m => m.JobId,
        AttemptFinished m => m.JobId,
        _ => 0,
    };
}
