using System.ComponentModel.DataAnnotations;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Jobs.Endpoints;

/// <summary>What the tickets service shows of automation, for one ticket or a list.</summary>
public static class AutomationOfTickets
{
    public sealed record Request([property: Required, MaxLength(1000)] long[]? TicketIds);

    public static async Task<Ok<TicketAutomation>> One(long id, JobsDb db, CancellationToken ct) =>
        TypedResults.Ok((await TicketAutomation.OfAsync(db, [id], ct))[id]);

    public static async Task<Ok<Dictionary<string, TicketAutomation>>> Many(Body<Request> body, JobsDb db, CancellationToken ct) =>
        TypedResults.Ok((await TicketAutomation.OfAsync(db, body.Value.TicketIds!, ct))
            .ToDictionary(t => t.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), t => t.Value));
}
