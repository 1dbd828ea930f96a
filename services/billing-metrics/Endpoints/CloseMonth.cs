using Invoicing.Billing.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Billing.Endpoints;

/// <summary>POST /invoicing/v2/billing/statements/{month}/close: closes a month that is over, and all before it, for every company. Closing it again changes nothing.</summary>
public static class CloseMonth
{
    /// <param name="ClosedBy">Who closed it, or <c>automatic</c>.</param>
    public sealed record Response(string Month, string Status, DateTimeOffset ClosedAt, string ClosedBy);

    public static async Task<Results<Ok<Response>, Problem>> Handle(string month, Caller caller, BillingDb db, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = MexicoDay.Of(now);
        if (Statement.MonthOf(month, today) is not { } first)
        {
            return Problem.NotFound($"No hay estado de cuenta de {month}.");
        }

        if (first == MexicoDay.MonthOf(today))
        {
            return Problem.Conflict("month_not_over", $"{month} no ha terminado.");
        }

        var closed = await ClosedMonth.CloseAsync(db, first, caller.Subject, now, ct);
        return TypedResults.Ok(new Response(Statement.NameOf(first), Statement.Closed, closed.ClosedAt, closed.ClosedBy));
    }
}
