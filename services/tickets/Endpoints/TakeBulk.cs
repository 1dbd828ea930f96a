using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Invoicing.Messages;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /internal/tickets/bulk: a part of a batch's items from the jobs service, which has judged the batch and the tenant's limits.</summary>
public static class TakeBulk
{
    /// <param name="Priority">For items that name none.</param>
    /// <param name="Most">How many may be accepted, null for all.</param>
    /// <param name="HoldSeconds">How long TicketSubmitted waits before it leaves.</param>
    public sealed record Request(
        [property: Required] string? CompanyId, [property: Required] string? BatchId, string? Priority, int? Most, [property: Range(0, 60)] double HoldSeconds,
        [property: Required, MaxLength(10_000)] Entry[]? Items);

    /// <param name="Index">The item's place in the batch.</param>
    /// <param name="Item">As the client sent it: every field of POST /v2/tickets and <c>key</c>.</param>
    public sealed record Entry(int Index, JsonElement Item);

    /// <summary>One item: accepted (<see cref="Submitted"/>, in <see cref="BatchId"/>) or refused (<see cref="Code"/>).</summary>
    /// <param name="BatchId">Another batch than the one asked for when the item's key was used there.</param>
    public sealed record Item(
        int Index, string? Key, TicketSubmitted? Submitted, string? BatchId, string? Code, string? Detail, IReadOnlyList<FieldProblem>? Errors);

    public sealed record Response(IReadOnlyList<Item> Items);

    public static async Task<Response> Handle(Body<Request> body, BulkIntake intake, CancellationToken ct) => new(await intake.TakeAsync(body.Value, ct));
}
