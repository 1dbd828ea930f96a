namespace Invoicing.Tickets.Reading;

/// <summary>
/// A photograph in 64 bits (difference hash): is each of 8 × 8 places brighter than its right neighbour? The same picture in another size, format
/// or quality differs in few of them; another photograph of the same paper in many.
/// </summary>
internal static class PictureHash
{
    /// <summary>Two pictures that differ in no more bits than this are taken for one that was stored anew.</summary>
    public const int Alike = 6;

    private const int Side = 8;

    public static long Of(Photo photo)
    {
        var (bgra, hash) = (photo.Resized(Side + 1, Side), 0L);
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var at = 4 * ((y * (Side + 1)) + x);
                hash = (hash << 1) | (Light(bgra, at) > Light(bgra, at + 4) ? 1L : 0);
            }
        }

        return hash;
    }

    private static int Light(byte[] bgra, int at) => bgra[at] + bgra[at + 1] + bgra[at + 2];
}
