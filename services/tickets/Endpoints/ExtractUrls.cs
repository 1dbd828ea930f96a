using Invoicing.Tickets.Db;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/extract-urls {text | ticket_id} and /invoicing/tickets/{id}/extract-urls: addresses in a text, best first.</summary>
public static class ExtractUrls
{
    public sealed record Request(string? Text, long? TicketId);

    public sealed record FoundUrl(string Url, double Confidence, string Type, string Context, string? MerchantHint, string Method, IReadOnlyDictionary<string, string> Metadata);

    public sealed record BestUrl(string Url, double Confidence, string? MerchantHint);

    public sealed record Statistics(int HighConfidence, int MediumConfidence, int LowConfidence);

    public sealed record Response(
        bool Success, IReadOnlyList<FoundUrl> Urls, int TotalFound, BestUrl? BestUrl, Statistics Statistics, string? Message, string Method,
        DateTimeOffset AnalysisTimestamp, int TextLength, long? TicketId = null, Analysis? Analysis = null, string? ExtractedText = null,
        IReadOnlyDictionary<string, string>? ExtractedFields = null);

    public static async Task<Response> Handle(Body<Request> body, string? company_id, Caller caller, TicketsDb db, TimeProvider time, CancellationToken ct) => body.Value switch
    {
        { TicketId: { } id } => OfTicket(await db.SeenByAsync(id, caller, company_id, ct), time.GetUtcNow()),
        { Text: { } text } => Of(text.Length > UploadLimits.Text ? text[..UploadLimits.Text] : text, time.GetUtcNow()),
        _ => throw new ProblemException(new Problem(400, "empty_request", "Debe proporcionar text o ticket_id")),
    };

    public static async Task<Response> OfTicket(long id, string? company_id, Caller caller, TicketsDb db, TimeProvider time, CancellationToken ct) =>
        OfTicket(await db.SeenByAsync(id, caller, company_id, ct), time.GetUtcNow());

    private static Response OfTicket(Ticket ticket, DateTimeOffset now)
    {
        var text = ticket.ExtractedText ?? (ticket.Tipo == Tipo.texto ? ticket.RawData : "");
        var coded = ticket.ReadUrls.Where(u => u.Method == "qr_code");
        return Of(text, now, coded) with { TicketId = ticket.Id, Analysis = ticket.LlmAnalysis, ExtractedText = text, ExtractedFields = ticket.ExtractedFields };
    }

    private static Response Of(string text, DateTimeOffset now, IEnumerable<ReadUrl>? coded = null)
    {
        var urls = UrlExtractor.Extract(text).Concat(coded ?? []).OrderByDescending(u => u.IsPortal).ThenByDescending(u => u.Confidence).ToList();
        var best = urls.FirstOrDefault(u => u.IsPortal);
        return new Response(
            true, [.. urls.Select(u => new FoundUrl(u.Url, u.Confidence, u.Type, u.Context, u.MerchantHint, u.Method, new Dictionary<string, string>()))], urls.Count,
            best is null ? null : new BestUrl(best.Url, best.Confidence, best.MerchantHint),
            new Statistics(urls.Count(u => u.Confidence >= .9), urls.Count(u => u.Confidence is >= .7 and < .9), urls.Count(u => u.Confidence < .7)),
            string.IsNullOrWhiteSpace(text) ? "No hay texto para analizar" : null, string.IsNullOrWhiteSpace(text) ? "no_text" : "url_extractor_service", now, text.Length);
    }
}
