using Invoicing.Messages;

namespace Invoicing.Billing;

/// <summary>One closing of a job, counted and priced for ever. A job closed again after a retry has a further entry for what came on top.</summary>
public sealed class UsageEntry
{
    public long Id { get; private set; }
    public required string CompanyId { get; init; }

    /// <summary>What makes a repeated message the same: job and sequence.</summary>
    public required string EventId { get; init; }

    public required long JobId { get; init; }
    public required long TicketId { get; init; }

    /// <summary>The day it closed, America/Mexico_City.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>First day of the month whose statement it is on: the month of <see cref="Date"/>, or the first open one after it. The database sets it.</summary>
    public DateOnly BilledMonth { get; private set; }

    public required DateTimeOffset ClosedAt { get; init; }
    public required bool Successful { get; init; }
    public required string Outcome { get; init; }
    public required string? MerchantName { get; init; }
    public required string? Model { get; init; }
    public required long ProcessingTimeMs { get; init; }
    public required Consumption Used { get; init; }
    public required Cost Cost { get; init; }

    public static string EventOf(JobClosed closed) => $"job:{closed.JobId}:{closed.Sequence}";

    /// <param name="counted">What earlier entries of the same job hold: usage comes as the sum of all attempts.</param>
    public static UsageEntry Of(JobClosed closed, Consumption counted, IEnumerable<Price> prices)
    {
        var used = Consumption.Of(closed.Usage).Beyond(counted);
        var date = MexicoDay.Of(closed.ClosedAt);
        return new UsageEntry
        {
            CompanyId = closed.CompanyId, EventId = EventOf(closed), JobId = closed.JobId, TicketId = closed.TicketId, Date = date, ClosedAt = closed.ClosedAt.ToUniversalTime(),
            Successful = closed.Estado == "completado", Outcome = closed.Outcome ?? closed.Status, MerchantName = closed.MerchantName, Model = closed.Usage.Model,
            ProcessingTimeMs = Math.Max(0, (long)(closed.ClosedAt - closed.StartedAt).TotalMilliseconds), Used = used,
            Cost = new PriceList(prices, date).Of(used, closed.Usage.Model),
        };
    }
}
