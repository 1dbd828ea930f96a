using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/v2/tickets/{id}/fields: a person corrects what was read; TicketRead is said again.</summary>
public static class CorrectFields
{
    public sealed record Request
    {
        [Required(ErrorMessage = "fields es requerido.")]
        public IReadOnlyDictionary<string, JsonElement>? Fields { get; init; }
    }

    public static async Task<EnhancedTicket> Handle(
        long id, string? company_id, Body<Request> body, Caller caller, TicketsDb db, Catalogue catalogue, Egress egress, TimeProvider time, CancellationToken ct)
    {
        var fields = GivenFields.Read(body.Value.Fields, "/fields", egress);
        if (fields.Count == 0)
        {
            throw new ProblemException(Problem.Invalid("/fields", "required", "Indique al menos un campo."));
        }

        await using var transaction = await db.JoinTransactionAsync(ct);
        var ticket = await db.LockedForAsync(id, caller, company_id, ct);
        if (ticket.InvoiceUuid is not null)
        {
            throw new ProblemException(Problem.Conflict("already_invoiced", "El ticket ya tiene su CFDI."));
        }

        ticket.Correct(fields, time.GetUtcNow());
        await catalogue.RecordAsync(ticket, ticket.LastReading(), ct);
        await db.SaveChangesAsync(ct);
        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        return new EnhancedTicket(ticket, Automation.None, null);
    }
}
