using Invoicing.BrowserAutomation.Browser;
using Invoicing.Messages;
using MassTransit;

namespace Invoicing.BrowserAutomation.Consumers;

/// <summary><see cref="RunAttempt"/>: takes the lease, hands the attempt to its run and is done; a stale or repeated message is dropped.</summary>
public sealed class AcceptAttempt(Attempts attempts, JobsClient jobs, AttemptRun runner) : IConsumer<RunAttempt>
{
    public async Task Consume(ConsumeContext<RunAttempt> context)
    {
        var command = context.Message;
        if (attempts.Draining)
        {
            throw new InvalidOperationException("This worker is leaving");
        }

        if (attempts.Begin(command.JobId, command.Attempt) is not { } held)
        {
            return;
        }

        try
        {
            // The same when the message comes again because the answer was lost: jobs grants a lease to one session only.
            var session = $"{Worker.Name}-{command.JobId}-{command.Attempt}";
            if (await jobs.TakeLeaseAsync(command.JobId, command.Attempt, Worker.Name, session, context.CancellationToken) is null)
            {
                attempts.Drop(held);
                return;
            }

            held.Run = runner.Start(command, held, session, Telemetry.TraceParent);
        }
        catch
        {
            attempts.Drop(held);
            throw;
        }
    }
}

/// <summary>One queue for all workers; each takes as many messages as it has slots.</summary>
public sealed class AcceptAttemptDefinition : ConsumerDefinition<AcceptAttempt>
{
    public AcceptAttemptDefinition(BrowserSettings settings)
    {
        ConcurrentMessageLimit = settings.Slots;
        Endpoint(e => e.PrefetchCount = settings.Slots);
    }
}
