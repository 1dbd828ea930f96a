using Invoicing.Messages;
using MassTransit;

namespace Invoicing.BrowserAutomation.Consumers;

/// <summary><see cref="AnswerIntervention"/>: goes to the attempt that keeps the page open; other workers let it pass.</summary>
public sealed class PassAnswer(Attempts attempts) : IConsumer<AnswerIntervention>
{
    public Task Consume(ConsumeContext<AnswerIntervention> context)
    {
        var answer = context.Message;
        attempts.Find(answer.JobId, answer.Attempt)?.Answer(answer.InterventionId, new PersonAnswer(answer.Action, answer.Value));
        return Task.CompletedTask;
    }
}

public sealed class PassAnswerDefinition : BroadcastConsumerDefinition<PassAnswer>;
