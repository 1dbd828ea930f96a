using Microsoft.Extensions.Logging;

namespace Invoicing.Tickets.Reading;

/// <summary>Reads QR and bar codes. On a machine without libzbar0 it finds none, and says so in the log once.</summary>
public sealed class CodeReader(ILogger<CodeReader> log)
{
    private const int MaxSide = 2000;
    private int warned;

    /// <summary>Codes on the photo, each once. Later variants are tried only while nothing was found.</summary>
    public IReadOnlyList<ReadCode> Read(Photo photo, CancellationToken stop)
    {
        if (!ZBar.Installed)
        {
            WarnOnce();
            return [];
        }

        foreach (var (scale, sharpen) in Variants(Math.Max(photo.Width, photo.Height)))
        {
            stop.ThrowIfCancellationRequested();
            var (width, height) = (Math.Max(1, (int)(photo.Width * scale)), Math.Max(1, (int)(photo.Height * scale)));
            var gray = photo.Gray(width, height);
            var codes = ZBar.Scan(sharpen ? Sharpened(gray, width, height) : gray, width, height);
            if (codes.Count > 0)
            {
                return [.. codes.Distinct()];
            }
        }

        return [];
    }

    /// <summary>Blur and grain hide codes in different ways: smaller beats grain, sharper beats blur.</summary>
    private static IEnumerable<(float Scale, bool Sharpen)> Variants(int longSide)
    {
        var plain = Math.Min(1f, (float)MaxSide / longSide);
        yield return (plain, false);
        yield return (plain, true);
        yield return (plain / 2, false);
        yield return (Math.Min(2 * plain, 2.2f * MaxSide / longSide), false);
        yield return (Math.Min(2 * plain, 2.2f * MaxSide / longSide), true);
    }

    /// <summary>Unsharp mask: twice the pixel less the mean of its 5 × 5 surroundings.</summary>
    private static byte[] Sharpened(byte[] gray, int width, int height)
    {
        var rows = new int[gray.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 2; x < width - 2; x++)
            {
                var at = (y * width) + x;
                rows[at] = gray[at - 2] + gray[at - 1] + gray[at] + gray[at + 1] + gray[at + 2];
            }
        }

        var sharp = (byte[])gray.Clone();
        for (var at = 2 * width; at < gray.Length - (2 * width); at++)
        {
            var mean = (rows[at - (2 * width)] + rows[at - width] + rows[at] + rows[at + width] + rows[at + (2 * width)]) / 25;
            sharp[at] = (byte)Math.Clamp((int)(2.5f * gray[at]) - (int)(1.5f * mean), 0, 255);
        }

        return sharp;
    }

    private void WarnOnce()
    {
        if (Interlocked.Exchange(ref warned, 1) == 0)
        {
            log.LogWarning("libzbar.so.0 is not installed (Debian package libzbar0): QR and bar codes of tickets are not read");
        }
    }
}
