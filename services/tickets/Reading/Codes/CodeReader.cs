using Microsoft.Extensions.Logging;

namespace Invoicing.Tickets.Reading;

/// <summary>Reads QR and bar codes. On a machine without libzbar0 it finds none, and says so in the log once.</summary>
public sealed class CodeReader(ILogger<CodeReader> log)
{
    /// <summary>Bars of a larger photo are wide enough as they are.</summary>
    private const int DoubleUpTo = 1600;
    private int warned;

    /// <summary>Codes on the photo, each once. A variant of the picture is tried only while the ones before it showed nothing.</summary>
    public IReadOnlyList<ReadCode> Read(Photo photo, CancellationToken stop)
    {
        if (!ZBar.Installed)
        {
            WarnOnce();
            return [];
        }

        foreach (var image in Variants(photo.Gray()))
        {
            stop.ThrowIfCancellationRequested();
            if (ZBar.Scan(image) is { Count: > 0 } codes)
            {
                return [.. codes.Distinct()];
            }
        }

        return [];
    }

    private static IEnumerable<GrayImage> Variants(GrayImage plain)
    {
        yield return plain;
        yield return plain.Halved();
        yield return plain.Sharpened();
        if (Math.Max(plain.Width, plain.Height) <= DoubleUpTo)
        {
            var doubled = plain.Doubled();
            yield return doubled;
            yield return doubled.Sharpened();
        }
    }

    private void WarnOnce()
    {
        if (Interlocked.Exchange(ref warned, 1) == 0)
        {
            log.LogWarning("libzbar.so.0 is not installed (Debian package libzbar0): QR and bar codes of tickets are not read");
        }
    }
}
