using Invoicing.Messages;
using MassTransit;

namespace Invoicing.Jobs.Consumers;

/// <summary>AttemptFinished: what ended while another end was being written is written with the next. A repeat finds its attempt over.</summary>
public sealed class CloseAttempt(GroupCommit<AttemptFinished, bool> together, ILogger<CloseAttempt> log) : IConsumer<AttemptFinished>
{
    public async Task Consume(ConsumeContext<AttemptFinished> context)
    {
        var m = context.Message;
        if (!await together.MakeAsync(m, context.CancellationToken))
        {
            log.LogInformation("Job {Job} attempt {Attempt} is stale: {Outcome} ignored", m.JobId, m.Attempt, m.Outcome);
        }
    }
}

/// <summary>As many at once as the broker gives: they share one connection to the database.</summary>
public sealed class CloseAttemptDefinition : ConsumerDefinition<CloseAttempt>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CloseAttempt> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.ConcurrentMessageLimit = null;
}
