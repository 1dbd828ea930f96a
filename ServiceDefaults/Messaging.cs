using System.Reflection;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Invoicing;

/// <summary>RabbitMQ through MassTransit: quorum queues with our delivery limit and a dead-letter exchange, one prefix a service.</summary>
public static class Messaging
{
    /// <summary>Deliveries of one message before the broker gives it to the dead letters (processes that die while handling it).</summary>
    public const int DeliveryLimit = 5;

    /// <summary>Messages a queue's consumer works on at once: a backlog must not take every connection to the database from those who call over HTTP.</summary>
    private const int AtOnce = 8;

    /// <summary>A connection that something on the way dropped without a word is noticed after two of these; a minute each is the client's default.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Where messages go that killed their consumer too often.</summary>
    public const string DeadLetterExchange = "dead-letters";

    /// <summary>Where messages go whose consumer threw until it had no tries left; one queue for all services.</summary>
    public const string FailedMessages = "failed-messages";

    /// <summary>A message waits up to ten minutes for a database that is away: its outage is not the message's fault.</summary>
    private static readonly TimeSpan[] WhileAway = [.. new[] { 0.2, 0.5, 1, 2 }.Concat(Enumerable.Repeat(5.0, 120)).Select(TimeSpan.FromSeconds)];

    /// <summary>Marks the queues of <see cref="BroadcastConsumerDefinition{T}"/>.</summary>
    internal const string Broadcast = "broadcast";

    /// <summary>Every consumer of the calling service's assembly for which <paramref name="wanted"/> holds, each inside its inbox transaction.</summary>
    /// <param name="prefix">The service's name: two services with a consumer of one name must not share a queue.</param>
    /// <param name="fenced">Messages that carry what tells a repeat from the first: their consumers get neither inbox nor transaction.</param>
    public static WebApplicationBuilder AddMessaging<TDb>(
        this WebApplicationBuilder builder, string prefix, Assembly consumers, Func<Type, bool>? wanted = null, params Type[] fenced) where TDb : DbContext
    {
        builder.Services.AddScoped<DbContext>(services => services.GetRequiredService<TDb>());
        return builder.AddBus(prefix, consumers, wanted, (context, endpoint) =>
        {
            endpoint.ConcurrentMessageLimit = AtOnce;
            endpoint.UseConsumeFilter(typeof(InboxFilter<>), context, filter => filter.Exclude(fenced));
        });
    }

    /// <summary>The same for a service without a database: its consumers answer for repeats themselves.</summary>
    public static WebApplicationBuilder AddMessaging(
        this WebApplicationBuilder builder, string prefix, Assembly consumers, Func<Type, bool>? wanted = null) =>
        builder.AddBus(prefix, consumers, wanted, (_, _) => { });

    private static WebApplicationBuilder AddBus(
        this WebApplicationBuilder builder, string prefix, Assembly consumers, Func<Type, bool>? wanted,
        Action<IRegistrationContext, IReceiveEndpointConfigurator> perEndpoint)
    {
        var address = builder.Configuration.GetConnectionString("rabbitmq")
            ?? throw new InvalidOperationException("ConnectionStrings:rabbitmq is not set");
        builder.Services.AddSingleton<BusWatch>().AddHostedService(services => services.GetRequiredService<BusWatch>());
        builder.Services.Configure<MassTransitHostOptions>(o => o.StopTimeout = TimeSpan.FromSeconds(8));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(prefix, false));
            bus.AddConsumers(wanted ?? (_ => true), consumers);
            bus.ConfigureHealthCheckOptions(o => { o.MinimalFailureStatus = HealthStatus.Unhealthy; o.Name = "broker"; });
            bus.AddConfigureEndpointsCallback((context, name, endpoint) =>
            {
                Harden(name, endpoint);
                endpoint.UseConsumeFilter(typeof(TenantLogFilter<>), context);
                endpoint.UseMessageRetry(r => { r.Handle<Exception>(Database.IsAway); r.Intervals(WhileAway); });
                endpoint.UseMessageRetry(r => { r.Ignore<Exception>(Database.IsAway); r.Intervals(200, 1000, 5000); });
                perEndpoint(context, endpoint);
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(address), host => host.Heartbeat(Heartbeat));
                rabbit.ReturnPromptly();
                rabbit.SendTopology.ErrorQueueNameFormatter = new OneQueueForFailures();
                rabbit.ConfigureEndpoints(context);
            });
        });
        return builder;
    }

    private static void Harden(string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit && !name.Contains(Broadcast, StringComparison.OrdinalIgnoreCase))
        {
            rabbit.SetQuorumQueue(1);
            rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
            rabbit.SetQueueArgument("x-dead-letter-exchange", DeadLetterExchange);
            rabbit.BindDeadLetterQueue(DeadLetterExchange, DeadLetterExchange);
        }
    }
}

/// <summary>Queues that go with their process keep their own: theirs have other arguments.</summary>
internal sealed class OneQueueForFailures : IErrorQueueNameFormatter
{
    public string FormatErrorQueueName(string queueName) =>
        queueName.Contains(Messaging.Broadcast, StringComparison.OrdinalIgnoreCase) ? queueName + "_error" : Messaging.FailedMessages;
}

/// <summary>For consumers that each process must hear by itself: a queue of its own that goes with the process.</summary>
public abstract class BroadcastConsumerDefinition<T> : ConsumerDefinition<T> where T : class, IConsumer
{
    protected BroadcastConsumerDefinition() => Endpoint(e =>
    {
        e.Temporary = true;
        e.InstanceId = $"{Messaging.Broadcast}-{Guid.NewGuid():N}";
    });
}
