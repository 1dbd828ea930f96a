using System.Buffers.Binary;
using SkiaSharp;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// How an image is decoded so that it never takes more memory than <see cref="MaxBytes"/>, told by its header before anything is allocated: whole,
/// with two bytes a pixel, or smaller where its format allows that.
/// </summary>
/// <param name="Info">Size and form of the pixels to ask the codec for.</param>
internal sealed record DecodePlan(SKImageInfo Info)
{
    /// <summary>What one image may take while it is opened.</summary>
    public const long MaxBytes = 98_000_000;

    /// <summary>Null: it cannot be opened within that.</summary>
    public static DecodePlan? Of(SKCodec codec, ReadOnlySpan<byte> bytes)
    {
        var held = HeldByDecoder(codec, bytes);
        return (from size in Sizes(codec)
                from color in Colors(codec.Info)
                let info = new SKImageInfo(size.Width, size.Height, color, color == SKColorType.Bgra8888 ? SKAlphaType.Premul : SKAlphaType.Opaque)
                let upright = 4L * Math.Min(1, Shrunk(size) * Shrunk(size)) * size.Width * size.Height
                // Two bytes a pixel are drawn by way of a wider copy (measured).
                let decoded = color == SKColorType.Rgb565 ? info.BytesSize64 * 3 / 2 : info.BytesSize64
                where Math.Max(held + decoded, decoded + upright) <= MaxBytes
                select new DecodePlan(info)).FirstOrDefault();
    }

    /// <summary>The best first. JPEG decodes in eighths of its size, WebP in any; other formats only whole.</summary>
    private static IEnumerable<SKSizeI> Sizes(SKCodec codec)
    {
        var whole = codec.Info.Size;
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp))
        {
            return [whole];
        }

        var first = (float)Math.Min(1, Shrunk(whole));
        return Enumerable.Range(0, 8).Select(step => first - (step / 8f)).Where(scale => scale >= .125f)
            .Select(scale => codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? codec.GetScaledDimensions(scale) : new SKSizeI((int)(whole.Width * scale), (int)(whole.Height * scale)));
    }

    private static SKColorType[] Colors(SKImageInfo whole) =>
        whole.ColorType == SKColorType.Gray8 ? [SKColorType.Gray8] : whole.AlphaType == SKAlphaType.Opaque ? [SKColorType.Bgra8888, SKColorType.Rgb565] : [SKColorType.Bgra8888];

    private static double Shrunk(SKSizeI size) => (double)Photo.MaxLongSide / Math.Max(size.Width, size.Height);

    /// <summary>What the decoder keeps of the whole image beside the pixels it hands out.</summary>
    private static long HeldByDecoder(SKCodec codec, ReadOnlySpan<byte> bytes)
    {
        var pixels = (long)codec.Info.Width * codec.Info.Height;
        return codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg => Coefficients(bytes),
            // Without loss its pixels are kept whole; so they are taken to be when the first chunk does not say otherwise.
            SKEncodedImageFormat.Webp => bytes[12..16].SequenceEqual("VP8 "u8) ? pixels * 3 / 2 : 4 * pixels,
            SKEncodedImageFormat.Gif => 4 * pixels,
            // Interlaced: lines come in seven passes over the whole picture, of up to eight bytes a pixel.
            SKEncodedImageFormat.Png when bytes[28] != 0 => (bytes[24] > 8 ? 8 : 4) * pixels,
            _ => 0,
        };
    }

    /// <summary>A JPEG of several scans is held as coefficients, two bytes each, until the last scan was heard; others go through line by line.</summary>
    private static long Coefficients(ReadOnlySpan<byte> jpeg)
    {
        var (at, whole, progressive, components) = (2, 0L, false, 0);
        while (at + 20 < jpeg.Length)
        {
            var marker = jpeg[at + 1];
            if (jpeg[at] != 0xFF || marker is 0x00 or 0xFF)
            {
                at++;
                continue;
            }

            if (marker == 0xDA)
            {
                return progressive || jpeg[at + 4] < components ? whole : 0;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                (whole, progressive, components) = (Frame(jpeg[(at + 4)..]), marker is 0xC2 or 0xC6 or 0xCA or 0xCE, jpeg[at + 9]);
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return whole;
    }

    private static long Frame(ReadOnlySpan<byte> frame)
    {
        var (height, width, components) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), Math.Min((int)frame[5], 4));
        var (most, all) = (1, 0);
        for (var i = 0; i < components && 7 + (3 * i) < frame.Length; i++)
        {
            var sampling = Math.Max(1, frame[7 + (3 * i)] >> 4) * Math.Max(1, frame[7 + (3 * i)] & 15);
            (most, all) = (Math.Max(most, sampling), all + sampling);
        }

        return 2L * width * height * all / most;
    }
}
