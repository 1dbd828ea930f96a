using Invoicing.Portals.Engine.Mail;

namespace Invoicing.Portals.Control;

/// <summary>GET /_truth/mail: every letter, also those on their way; <c>?to=</c> and <c>?portal=</c> narrow it. GET /_control/mail/{id}.eml: one that arrived.</summary>
public static class TellMail
{
    public sealed record Response(
        string Id, string Portal, string From, string To, string Subject, string Form, Guid? Uuid, DateTimeOffset SentAt, DateTimeOffset DueAt, bool Arrived, string Eml);

    public static IEnumerable<Response> Handle(Postbox postbox, string? to, string? portal) => postbox.All
        .Where(letter => to is null || string.Equals(letter.To, to, StringComparison.OrdinalIgnoreCase))
        .Where(letter => portal is null || letter.Portal == portal)
        .Select(letter => new Response(letter.Id, letter.Portal, letter.From, letter.To, letter.Subject, letter.Form, letter.Uuid,
            letter.SentAt, letter.DueAt, postbox.Arrived(letter), $"/_control/mail/{letter.Id}.eml"));

    public static IResult Eml(string file, Postbox postbox) =>
        file.EndsWith(".eml", StringComparison.Ordinal) && postbox.Open(file[..^4]) is { } letter
            ? Results.Bytes(letter.Eml.Value, "message/rfc822")
            : Results.NotFound();
}
