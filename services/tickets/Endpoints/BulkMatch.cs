using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/bulk-match: many text tickets at once; a bad one is told and does not stop the others (v1).</summary>
public static class BulkMatch
{
    public sealed record Item(string? RawData, string? Tipo, int? UserId);

    public sealed record Request
    {
        /// <summary>Each with <c>raw_data</c>, <c>tipo</c> (texto unless said) and <c>user_id</c>.</summary>
        [Required(ErrorMessage = "tickets es requerido.")]
        [MaxLength(10_000, ErrorMessage = "Se admiten hasta 10,000 tickets.")]
        public IReadOnlyList<JsonObject>? Tickets { get; init; }

        public bool? AutoProcess { get; init; }
        public string? CompanyId { get; init; }
    }

    public sealed record Result(int Index, bool Success)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public long? TicketId { get; init; }

        public long? JobId { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Error { get; init; }
    }

    public sealed record Response(bool Success, int TotalTickets, int Processed, int Errors, bool AutoProcess, IReadOnlyList<Result> Results);

    public static async Task<Response> Handle(Body<Request> body, string? company_id, Caller caller, TicketsDb db, Intake intake, CancellationToken ct)
    {
        var asked = body.Value;
        var company = caller.TenantFor(asked.CompanyId ?? company_id);
        var options = new SubmitOptions { AutoProcess = asked.AutoProcess ?? true };
        await intake.ReserveAsync(asked.Tickets!.Count, ct);
        var results = new List<Result>();
        foreach (var (index, item) in asked.Tickets.Index())
        {
            results.Add(await TakeAsync(index, item, company, options, intake, ct));
        }

        await db.SaveChangesAsync(ct);
        var good = results.Count(r => r.Success);
        return new Response(true, results.Count, good, results.Count - good, options.AutoProcess, results);
    }

    private static async Task<Result> TakeAsync(int index, JsonObject item, string company, SubmitOptions options, Intake intake, CancellationToken ct)
    {
        try
        {
            var ticket = await intake.TakeAsync(SubmissionOf(item, company, options), ct);
            return new Result(index, true) { TicketId = ticket.Id, JobId = ticket.JobId };
        }
        catch (ProblemException refused)
        {
            return new Result(index, false) { Error = refused.Problem.Detail };
        }
    }

    private static Submission SubmissionOf(JsonObject given, string company, SubmitOptions options)
    {
        var item = Body.Parse<Item>(Encoding.UTF8.GetBytes(given.ToJsonString(Json.Options)));
        if (string.IsNullOrWhiteSpace(item.RawData))
        {
            throw new ProblemException(Problem.Invalid("/raw_data", "required", "raw_data es requerido"));
        }

        if (item.Tipo is null or "texto")
        {
            return new Submission(company, item.UserId, Tipo.texto, SubmitTicket.TypedText(item.RawData), null, options);
        }

        var upload = EnhancedJson.Decoded(item.RawData, item.Tipo);
        return new Submission(company, item.UserId, upload.Tipo, upload.Tipo == Tipo.texto ? upload.Text : null, upload, options);
    }
}
