using RabbitMQ.Client;

namespace Invoicing.TestSupport;

/// <summary>Messages as no service of ours would send them.</summary>
public static class RawMessages
{
    /// <param name="exchange">A queue's own exchange, or another.</param>
    public static async Task PublishAsync(string broker, string exchange, ReadOnlyMemory<byte> body, string id, Dictionary<string, object?>? headers = null)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(exchange, "", true, new BasicProperties { MessageId = id, ContentType = "application/vnd.masstransit+json", Headers = headers }, body);
    }
}
