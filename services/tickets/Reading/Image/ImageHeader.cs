using SkiaSharp;

namespace Invoicing.Tickets.Reading;

/// <summary>Decides from the first bytes whether an image may be decoded at all: nothing is allocated for a refused one.</summary>
public static class ImageHeader
{
    /// <summary>A 100 kB PNG can claim more memory than the machine has.</summary>
    public const long MaxPixels = 50_000_000;

    /// <summary>Under this long side print of a ticket has no letters left to read.</summary>
    public const int MinLongSide = 200;

    private const string OverMaxPixels = "La imagen supera los 50 megapíxeles. Envíe una fotografía más pequeña.";

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Null when the image may be decoded, else a Spanish sentence saying why not.</summary>
    public static string? WhyNot(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return "El archivo está vacío o no es una imagen. Envíe de nuevo la fotografía del ticket.";
        }

        if (IsHeic(bytes) || IsTiff(bytes))
        {
            return "El formato de la imagen (HEIC o TIFF) no se puede leer. Envíe la fotografía en JPEG o PNG.";
        }

        return IsKnown(bytes) ? null : "El archivo no es una imagen JPEG, PNG, WebP, GIF o BMP. Envíe una fotografía del ticket.";
    }

    /// <summary>Null when the declared size may be decoded, else a Spanish sentence.</summary>
    public static string? WhyNot(SKSizeI size)
    {
        if (size.Width <= 0 || size.Height <= 0)
        {
            return "La imagen está dañada. Envíe de nuevo la fotografía del ticket.";
        }

        if ((long)size.Width * size.Height > MaxPixels)
        {
            return OverMaxPixels;
        }

        return Math.Max(size.Width, size.Height) < MinLongSide
            ? "La imagen es demasiado pequeña para leer el ticket. Envíe una fotografía de mayor tamaño."
            : null;
    }

    /// <summary>Null when it fits into memory while it is decoded, else a Spanish sentence.</summary>
    public static string? TooLarge(SKCodec codec, ReadOnlySpan<byte> bytes)
    {
        var pixels = (long)codec.Info.Width * codec.Info.Height;
        return pixels > MaxPixels ? OverMaxPixels
            : DecodePlan.Of(codec, bytes) is null
                ? $"La imagen, de {pixels / 1e6:0} megapíxeles en formato {codec.EncodedFormat.ToString().ToUpperInvariant()}, es demasiado grande para abrirla. Envíela en JPEG o más pequeña."
            : null;
    }

    private static bool IsKnown(ReadOnlySpan<byte> b) =>
        b.StartsWith<byte>([0xFF, 0xD8, 0xFF]) || b.StartsWith(Png) || b.StartsWith("GIF87a"u8) || b.StartsWith("GIF89a"u8)
        || b.StartsWith("BM"u8) || (b.StartsWith("RIFF"u8) && b[8..12].SequenceEqual("WEBP"u8));

    private static bool IsHeic(ReadOnlySpan<byte> b) => b[4..8].SequenceEqual("ftyp"u8);

    private static bool IsTiff(ReadOnlySpan<byte> b) => b.StartsWith("II*\0"u8) || b.StartsWith("MM\0*"u8);
}
