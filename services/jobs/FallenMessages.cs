using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Invoicing.Jobs;

/// <summary>
/// Takes what consumers of all services could not (their errors, and messages delivered too often) off the broker's queues into dead_letters,
/// and sends one again when told. A message is acknowledged after its row is committed; hearing it twice finds the row.
/// </summary>
public sealed class FallenMessages(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider time, ILogger<FallenMessages> log)
    : BackgroundService
{
    private const ushort AtOnce = 20;
    private const int LongestReason = 2000;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    private static readonly string[] Queues = [Messaging.FailedMessages, Messaging.DeadLetterExchange];
    private readonly ConnectionFactory broker = new()
    {
        Uri = new Uri(configuration.GetConnectionString("rabbitmq")!), ClientProvidedName = "jobs dead letters", AutomaticRecoveryEnabled = false,
    };

    /// <summary>Back to the queue it came from, confirmed by the broker. The consumer's inbox makes a second time harmless.</summary>
    /// <exception cref="ProblemException">503: the broker does not take it.</exception>
    public async Task SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken ct)
    {
        try
        {
            await using var connection = await broker.CreateConnectionAsync(ct);
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), ct);
            foreach (var letter in letters)
            {
                var properties = new BasicProperties { MessageId = letter.MessageId, ContentType = letter.ContentType, Persistent = true };
                await channel.BasicPublishAsync(letter.Queue, "", mandatory: true, properties, letter.Body, ct);
            }
        }
        catch (Exception e) when (e is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or PublishException or IOException)
        {
            log.LogWarning("Dead letters were not replayed: {Error}", e.Message);
            throw new ProblemException(Problems.ForStatus(503));
        }
    }

    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(Queues.Select(q => ListenAsync(q, ct)));

    private async Task ListenAsync(string queue, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await broker.CreateConnectionAsync(ct);
                while (connection.IsOpen)
                {
                    await ListenAsync(connection, queue, ct);
                    await Task.Delay(Again, ct);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogDebug("Not listening to {Queue} ({Error})", queue, e.Message);
                await Task.Delay(Again, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // The service stops.
            }
        }
    }

    /// <summary>Until the channel closes; at once where nothing ever fell into the queue, so that it does not exist yet.</summary>
    private async Task ListenAsync(IConnection connection, string queue, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, ct);
        }
        catch (OperationInterruptedException)
        {
            return;
        }

        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) => Task.FromResult(closed.TrySetResult());
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => TakeAsync(channel, delivery, ct);
        await channel.BasicQosAsync(0, AtOnce, false, ct);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, ct);
        await closed.Task.WaitAsync(ct);
    }

    private async Task TakeAsync(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken ct)
    {
        try
        {
            var message = Read(delivery);
            await KeepAsync(message, ct);
            await channel.BasicAckAsync(delivery.DeliveryTag, false, ct);
            log.LogWarning("A message fell out of {Queue}: {Type} {Message}, {Reason}", message.Queue, message.MessageType, message.MessageId, message.Reason);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "A dead letter could not be kept; it stays with the broker");
            await channel.CloseAsync(CancellationToken.None);
        }
    }

    private async Task KeepAsync(FallenMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<JobsDb>(), time.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var id = $"dl_{Guid.CreateVersion7():N}";
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO dead_letters (id, queue, message_id, message_type, reason, attempts, first_at, last_at, body, status)
             VALUES ({id}, {message.Queue}, {message.MessageId}, '', '', 0, {now}, {now}, '', 'open') ON CONFLICT DO NOTHING
             """, ct);
        var letter = await db.DeadLetters
            .FromSql($"SELECT * FROM dead_letters WHERE queue = {message.Queue} AND message_id = {message.MessageId} FOR UPDATE").SingleAsync(ct);
        letter.Fell(message, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static FallenMessage Read(BasicDeliverEventArgs delivery)
    {
        var (headers, body) = (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>(), delivery.Body.ToArray());
        var envelope = Envelope(body);
        var message = envelope is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("message", out var inner) ? inner : default;
        var (queue, reason) = Origin(headers);
        return new FallenMessage(
            queue ?? Last(Text(envelope, "destinationAddress")) ?? delivery.Exchange,
            delivery.BasicProperties.MessageId ?? Text(envelope, "messageId") ?? Convert.ToHexStringLower(SHA256.HashData(body)),
            TypeOf(envelope), reason[..Math.Min(reason.Length, LongestReason)], Deliveries(headers), Text(message, "companyId"), Number(message, "jobId"), body,
            delivery.BasicProperties.ContentType);
    }

    /// <summary>MassTransit tells of a consumer that threw, the broker of a message that was delivered too often.</summary>
    private static (string? Queue, string Reason) Origin(IDictionary<string, object?> headers)
    {
        if (Header(headers, "MT-Fault-InputAddress") is { } address)
        {
            return (Last(address), $"{Header(headers, "MT-Fault-ExceptionType")}: {Header(headers, "MT-Fault-Message")}");
        }

        return (Header(headers, "x-first-death-queue"), Header(headers, "x-first-death-reason") switch
        {
            "delivery_limit" => "El proceso que la atendía terminó cada vez que la recibió.",
            { } other => other,
            null => Header(headers, "MT-Reason") is { } skipped ? $"Nadie atiende este tipo de mensaje ({skipped})." : "Se desconoce.",
        });
    }

    private static int Deliveries(IDictionary<string, object?> headers) =>
        Header(headers, "MT-Fault-RetryCount") is { } retries && int.TryParse(retries, out var again) ? again + 1
        : Header(headers, "x-first-death-reason") == "delivery_limit" ? Messaging.DeliveryLimit : 1;

    private static JsonElement? Envelope(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 256 }).RootElement;
        }
        catch (JsonException)
        {
            // What cannot be read is kept as it is.
            return null;
        }
    }

    private static string TypeOf(JsonElement? envelope) =>
        envelope is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("messageType", out var types) && types.ValueKind == JsonValueKind.Array
        && types.EnumerateArray().Select(t => t.GetString()).FirstOrDefault() is { } urn ? urn.Split(':')[^1] : "";

    private static string? Text(JsonElement? from, string name) =>
        from is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static string? Header(IDictionary<string, object?> headers, string name) => headers.TryGetValue(name, out var value) ? value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        null => null,
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    } : null;

    private static string? Last(string? address) => address?.Split('?')[0].TrimEnd('/').Split('/')[^1];
}
