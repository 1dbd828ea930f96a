namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/v2/inbox (message/rfc822): the CFDIs in an e-mail, or behind its links, go to the tickets that wait for them.</summary>
public static class ReceiveMail
{
    public sealed record Matched(string Uuid, long TicketId, long? JobId);

    public sealed record Unmatched(string FileName, string? Uuid, string Code, string Detail);

    /// <param name="Received">XML files found in the mail or behind its links.</param>
    public sealed record Response(int Received, IReadOnlyList<Matched> Matched, IReadOnlyList<Unmatched> Unmatched);

    public static async Task<Response> Handle(HttpRequest request, string? company_id, Caller caller, MailIntake intake, CancellationToken ct)
    {
        var company = caller.TenantFor(company_id);
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw, ct);
        raw.Position = 0;
        return await intake.KeepAsync(company, await intake.OpenAsync(raw, ct), ct);
    }
}
