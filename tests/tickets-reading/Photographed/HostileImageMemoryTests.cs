using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>Small files that claim much: whatever becomes of them, opening one takes less than 100 MB.</summary>
[NonParallelizable]
public sealed class HostileImageMemoryTests
{
    private static IEnumerable<TestCaseData> Hostile()
    {
        yield return Case("A_colour_PNG_just_under_50_megapixels", () => Png.Blank(7000, 7100, color: 2), opens: false);
        yield return Case("A_PNG_with_transparency_of_20_megapixels", () => Png.Blank(4000, 5000, color: 6), opens: false);
        yield return Case("An_interlaced_PNG_of_24_megapixels", () => Png.Blank(4000, 6000, color: 2, interlaced: true), opens: false);
        yield return Case("A_PNG_one_pixel_high", () => Png.Blank(49_000_000, 1, color: 2), opens: false);
        yield return Case("A_colour_PNG_of_16_megapixels", () => Png.Blank(3300, 4850, color: 2), opens: true);
        yield return Case("A_gray_PNG_of_25_megapixels", () => Png.Blank(4200, 5950, color: 0), opens: true);
        yield return Case("A_JPEG_that_claims_48_megapixels", () => Jpeg(8000, 6000, 0xC0), opens: true);
        yield return Case("A_progressive_JPEG_that_claims_49_megapixels", () => Jpeg(7000, 7000, 0xC2), opens: false);
        yield return Case("A_WebP_of_25_megapixels_without_loss", () => Encoded(5000, 5000, bitmap => bitmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 0))!), opens: false);
        yield return Case("A_WebP_of_25_megapixels", () => Encoded(5000, 5000, bitmap => bitmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 50))!), opens: true);
        yield return Case("A_GIF_that_claims_49_megapixels", Gif, opens: false);
        yield return Case("A_BMP_that_claims_49_megapixels", Bmp, opens: false);
    }

    [TestCaseSource(nameof(Hostile))]
    public void Opening_one_takes_little_memory(Func<byte[]> made, bool opens)
    {
        var bytes = made();
        var measured = Memory.Measure(() => Photo.Open(bytes));
        measured.Result.Photo?.Dispose();
        TestContext.Out.WriteLine($"{bytes.Length / 1000.0:0} kB, {measured}, {measured.Result.Reason ?? "opened"}");
        Assert.That(measured.Result.Photo is not null, Is.EqualTo(opens), measured.Result.Reason);
        Assert.That(measured.Rise, Is.LessThan(Memory.Most));
    }

    private static TestCaseData Case(string name, Func<byte[]> made, bool opens) => new TestCaseData(made, opens).SetName(name);

    private static byte[] Encoded(int width, int height, Func<SKPixmap, SKData> encode)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Gainsboro);
        using var pixels = bitmap.PeekPixels();
        using var data = encode(pixels);
        return data.ToArray();
    }

    /// <summary>A small JPEG whose frame says another size and kind.</summary>
    private static byte[] Jpeg(ushort width, ushort height, byte frame)
    {
        using var bitmap = new SKBitmap(64, 64);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        var jpeg = data.ToArray();
        var at = jpeg.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        jpeg[at + 1] = frame;
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(at + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(at + 7), width);
        return jpeg;
    }

    private static byte[] Gif()
    {
        var gif = Convert.FromBase64String("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=");
        foreach (var at in new[] { 6, 24 })
        {
            BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(at), 7000);
            BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(at + 2), 7000);
        }

        return gif;
    }

    private static byte[] Bmp()
    {
        var bmp = new byte[4096];
        Encoding.ASCII.GetBytes("BM").CopyTo(bmp, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(2), 54 + (7000 * 7000 * 3));
        (bmp[10], bmp[14], bmp[26], bmp[28]) = (54, 40, 1, 24);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), 7000);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), 7000);
        return bmp;
    }
}
