using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>Where a job may try, in order: what a person answered, what the client sent, what was read. Forbidden addresses are left out.</summary>
public static class PortalAddresses
{
    public const string Field = "portal_url";

    public static IReadOnlyList<string> For(AutomationJob job, TicketRead? reading, Egress egress) =>
    [
        .. new[] { job.Answers.GetValueOrDefault(Field) }.Concat(job.AlternativeUrls).Concat(reading?.PortalUrls ?? [])
            .OfType<string>().Where(url => egress.Refuse(url) is null).Distinct().Take(10),
    ];

    /// <summary>host:port, the key of breaker and politeness.</summary>
    public static string HostOf(string url) => new Uri(url) is var uri ? $"{uri.IdnHost.ToLowerInvariant()}:{uri.Port}" : "";
}
