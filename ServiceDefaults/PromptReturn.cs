using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace Invoicing;

/// <summary>
/// An endpoint whose connection broke is back two seconds after the broker is, whatever the error was and however often it happened. MassTransit
/// by itself waits longer after every break, up to 30 s and never shorter again in the life of the process, and gives up consuming after an error
/// that it does not expect. It has no setting for that (decision 0017).
/// </summary>
public static class PromptReturn
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    public static void ReturnPromptly(this IRabbitMqBusFactoryConfigurator rabbit) =>
        // When its one interval is used up the policy begins anew.
        PolicyOf((RabbitMqHostConfiguration)HostOf((RabbitMqBusFactoryConfigurator)rabbit)) = Retry.CreatePolicy(r =>
        {
            r.Handle<Exception>();
            r.Interval(1, Wait);
        });

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_hostConfiguration")]
    private static extern ref IRabbitMqHostConfiguration HostOf(RabbitMqBusFactoryConfigurator configurator);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<ReceiveTransportRetryPolicy>k__BackingField")]
    private static extern ref IRetryPolicy PolicyOf(RabbitMqHostConfiguration host);
}
