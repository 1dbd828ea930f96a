namespace Invoicing.Tickets.Endpoints;

/// <summary>Addresses a client gives are judged before anything is stored.</summary>
internal static class Allowed
{
    /// <exception cref="ProblemException">422 <c>forbidden_address</c>.</exception>
    public static void Addresses(SubmitEnhancedTicket.Request asked, Egress egress)
    {
        for (var i = 0; i < (asked.AlternativeUrls?.Count ?? 0); i++)
        {
            Portal(asked.AlternativeUrls![i], $"/alternative_urls/{i}", egress);
        }

        if (asked.NotificationWebhook is { } webhook)
        {
            Refuse(egress.Refuse(webhook, httpsOnly: true), "/notification_webhook");
        }
    }

    /// <exception cref="ProblemException">422 <c>forbidden_address</c>.</exception>
    public static void Portal(string url, string pointer, Egress egress) => Refuse(egress.Refuse(url), pointer);

    private static void Refuse(string? reason, string pointer)
    {
        if (reason is not null)
        {
            throw new ProblemException(new Problem(422, "forbidden_address", reason, [new FieldProblem(pointer, "forbidden_address", reason)]));
        }
    }
}
