using UglyToad.PdfPig.Content;

namespace Invoicing.Tickets.Reading;

/// <summary>The pictures of a scanned PDF. Their claimed size is checked before anything is decoded.</summary>
internal static class PdfPictures
{
    private const int MaxPictures = 5;

    /// <summary>A picture that is no JPEG is drawn anew, with its colours, its packed and its unpacked form in memory at once: a page at 300 dots an inch.</summary>
    private const long MaxDrawnPixels = 9_000_000;

    public static List<Photo> Of(IReadOnlyList<Page> pages)
    {
        var photos = new List<Photo>();
        foreach (var picture in pages.SelectMany(page => page.GetImages()).Where(IsWorthReading).OrderByDescending(Pixels).Take(MaxPictures))
        {
            if (Open(picture) is { } photo)
            {
                photos.Add(photo);
            }
        }

        return photos;
    }

    private static long Pixels(IPdfImage picture) => (long)picture.WidthInSamples * picture.HeightInSamples;

    private static bool IsWorthReading(IPdfImage picture) =>
        Pixels(picture) <= ImageHeader.MaxPixels && Math.Max(picture.WidthInSamples, picture.HeightInSamples) >= ImageHeader.MinLongSide;

    private static Photo? Open(IPdfImage picture)
    {
        // A scan is stored as the JPEG it was; anything else PdfPig turns to PNG.
        if (Photo.Open(picture.RawMemory).Photo is { } stored)
        {
            return stored;
        }

        return Pixels(picture) <= MaxDrawnPixels && picture.TryGetPng(out var png) ? Photo.Open(png).Photo : null;
    }
}
