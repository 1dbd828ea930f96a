using Invoicing.Messages;
using MassTransit;

namespace Invoicing.BrowserAutomation.Consumers;

/// <summary><see cref="CancelAttempt"/>: the worker that holds the attempt closes its browser context.</summary>
public sealed class StopAttempt(Attempts attempts) : IConsumer<CancelAttempt>
{
    public Task Consume(ConsumeContext<CancelAttempt> context)
    {
        attempts.Find(context.Message.JobId, context.Message.Attempt)?.Stop(StopReason.Cancelled);
        return Task.CompletedTask;
    }
}

public sealed class StopAttemptDefinition : BroadcastConsumerDefinition<StopAttempt>;
