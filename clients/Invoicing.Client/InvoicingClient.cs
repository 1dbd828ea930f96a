using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Invoicing.Client;

/// <summary>
/// The Invoicing API, version 2. Safe to share between threads; keep one for the life of the program.
/// Every call may throw <see cref="ApiException"/> when the API refuses and <see cref="HttpRequestException"/> when it cannot be reached after all tries.
/// </summary>
public sealed class InvoicingClient : IDisposable
{
    private readonly HttpClient http;

    public InvoicingClient(InvoicingOptions options)
        : this(options, new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
    }

    /// <param name="network">What carries the requests; disposed with the client.</param>
    public InvoicingClient(InvoicingOptions options, HttpMessageHandler network)
    {
        http = new HttpClient(new ResilienceHandler(Retrying(options)) { InnerHandler = new Credentials(options) { InnerHandler = network } })
        {
            BaseAddress = options.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var transport = new Transport(http, options.CompanyId);
        Tickets = new Tickets(transport);
        Jobs = new Jobs(transport);
        Interventions = new Interventions(transport);
        Batches = new Batches(transport);
        Tenants = new Tenants(transport);
        Billing = new Billing(transport);
        DeadLetters = new DeadLetters(transport);
    }

    public Tickets Tickets { get; }

    public Jobs Jobs { get; }

    public Interventions Interventions { get; }

    public Batches Batches { get; }

    public Tenants Tenants { get; }

    public Billing Billing { get; }

    /// <summary>For platform administrators.</summary>
    public DeadLetters DeadLetters { get; }

    public void Dispose() => http.Dispose();

    /// <summary>Every creating call carries an Idempotency-Key, so a call whose answer was lost may be made again without creating anything twice.</summary>
    private static ResiliencePipeline<HttpResponseMessage> Retrying(InvoicingOptions options)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>();
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                // A 409 says that the first try is still running when it is about the key; its end is worth waiting for.
                ShouldHandle = async tried => HttpClientResiliencePredicates.IsTransient(tried.Outcome) || await Transport.IsInProgressAsync(tried.Outcome.Result),
            });
        }

        return pipeline.AddTimeout(TimeSpan.FromSeconds(100)).Build();
    }
}
