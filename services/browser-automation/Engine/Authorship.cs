namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Whether an invoice in our name that came is the one this job asked for, or was there before.</summary>
public static class Authorship
{
    // Mexico's zones with and without summer time; a CFDI does not name its own.
    private static readonly int[] Offsets = [-5, -6, -7, -8];
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A recorded emission of ours makes it ours, unless the portal had called the ticket invoiced before. "Ya facturado" as the answer to the very
    /// press is both: then the stamp decides, which is ours when it is not older than the press.
    /// </summary>
    public static bool IsOurs(History history)
    {
        if (history.SaidInvoicedBefore)
        {
            return false;
        }

        return history.FirstEmitAt is { } pressed ? !history.SaidInvoicedToPress || IsStampedSince(history.Files, pressed) : history.Count("was_ours") > 0;
    }

    private static bool IsStampedSince(Delivered files, DateTimeOffset pressed) =>
        files.StampedAt is { } stamp && Offsets.Select(hours => new DateTimeOffset(DateTime.SpecifyKind(stamp, DateTimeKind.Unspecified), TimeSpan.FromHours(hours)))
            .Any(at => at >= pressed - Skew && at <= files.ArrivedAt + Skew);
}
