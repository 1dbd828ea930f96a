using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Invoicing.Tickets.Reading.Tests;

public sealed class HostileImageTests
{
    [Test]
    public async Task A_photo_cut_off_half_way_is_refused_and_not_guessed_at()
    {
        var whole = Paper.Print(Tickets.Fuel);

        var reading = await Reader.ReadImage(whole[..(whole.Length / 2)]);

        Assert.That((reading.Readable, reading.Text, reading.Fields.Count), Is.EqualTo((false, "", 0)));
        Assert.That(reading.Reason, Does.Contain("dañada o incompleta"));
    }

    [Test]
    public async Task Bytes_that_only_begin_like_an_image_are_refused()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('x', 4000));
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(bytes, 0);

        Assert.That((await Reader.ReadImage(bytes)).Reason, Does.Contain("dañada"));
    }

    [Test]
    public async Task A_small_file_that_claims_a_huge_picture_is_refused_before_it_is_decoded() =>
        Assert.That((await Reader.ReadImage(PngClaiming(20_000, 20_000))).Reason, Does.Contain("50 megapíxeles"));

    [TestCase("")]
    [TestCase("MZ this is a program, not an image")]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [TestCase("\0\0\0\u0018ftypheic\0\0\0\0")]
    public async Task What_is_no_image_is_refused(string content)
    {
        var reading = await Reader.ReadImage(Encoding.Latin1.GetBytes(content));

        Assert.That(reading.Readable, Is.False);
        Assert.That(reading.Reason, Is.Not.Null.And.Not.Empty);
    }

    [Test]
    public async Task A_blank_photo_has_no_text_and_says_so()
    {
        using var bitmap = new SKBitmap(800, 1200);
        bitmap.Erase(SKColors.Gainsboro);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        var reading = await Reader.ReadImage(data.ToArray());

        Assert.That((reading.Readable, reading.Fields.Count), Is.EqualTo((false, 0)));
        Assert.That(reading.Reason, Does.Contain("No se distingue texto"));
    }

    [Test]
    public async Task A_stamp_sized_picture_is_refused()
    {
        using var bitmap = new SKBitmap(60, 90);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        Assert.That((await Reader.ReadImage(data.ToArray())).Reason, Does.Contain("demasiado pequeña"));
    }

    public static IEnumerable<TestCaseData> Bombs()
    {
        yield return new TestCaseData(PngClaiming(50_000, 50_000)).SetArgDisplayNames("a PNG of 2,500 megapixels");
        yield return new TestCaseData(PngWith(Chunk("zTXt", [.. "a\0\0"u8, .. Zeros(200_000_000)]))).SetArgDisplayNames("a PNG with 200 MB of text packed small");
        yield return new TestCaseData(PngWith(Chunk("iCCP", [.. "a\0\0"u8, .. Zeros(200_000_000)]))).SetArgDisplayNames("a PNG with a colour profile of 200 MB packed small");
        yield return new TestCaseData(Gif(60_000, 60_000, 1)).SetArgDisplayNames("a GIF of 3,600 megapixels");
        yield return new TestCaseData(Gif(60, 60, 10_000)).SetArgDisplayNames("a stamp-sized GIF of 10,000 frames");
        yield return new TestCaseData((byte[])[.. Gif(60, 60, 1), .. "<script>alert(1)</script>"u8]).SetArgDisplayNames("a GIF with a script behind");
        yield return new TestCaseData((byte[])[.. "II*\0"u8, 8, 0, 0, 0, .. new byte[2], 8, 0, 0, 0]).SetArgDisplayNames("a TIFF whose directory leads to itself");
        yield return new TestCaseData((byte[])[.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. "ANIM"u8, .. new byte[64]]).SetArgDisplayNames("an animated WebP of 16 million pixels a side");
        yield return new TestCaseData((byte[])[.. "BM"u8, .. new byte[12], 40, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 32, 0, .. new byte[24]]).SetArgDisplayNames("a BMP of 2^62 pixels");
    }

    [TestCaseSource(nameof(Bombs))]
    public async Task A_bomb_is_refused_and_costs_little_memory(byte[] bomb)
    {
        var before = Large().ToHashSet();
        // Linux keeps the highest memory of a process until it is told to begin anew.
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        var start = Memory("VmRSS");

        var reading = await Reader.ReadImage(bomb);

        Assert.That((reading.Readable, reading.Reason is { Length: > 10 }), Is.EqualTo((false, true)), reading.Text);
        Assert.That(Memory("VmHWM") - start, Is.LessThan(100_000), "kB");
        Assert.That(Large().Except(before), Is.Empty);
    }

    /// <summary>Files in the directory for temporary ones that could be an unpacked bomb; other programs leave small ones there.</summary>
    private static IEnumerable<string> Large() => new DirectoryInfo(Path.GetTempPath()).EnumerateFiles().Where(file => file.Exists && file.Length > 1_000_000).Select(file => file.Name);

    private static long Memory(string name) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Zeros(int count)
    {
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var million = new byte[1_000_000];
            for (var i = 0; i < count / million.Length; i++)
            {
                zlib.Write(million);
            }
        }

        return packed.ToArray();
    }

    /// <summary>A stamp-sized PNG: what makes it a bomb is the chunk.</summary>
    private static byte[] PngWith(byte[] chunk)
    {
        var whole = PngClaiming(60, 60);
        return [.. whole[..33], .. chunk, .. whole[33..]];
    }

    private static byte[] Gif(int width, int height, int frames)
    {
        byte[] size = [(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];
        byte[] frame = [0x2C, 0, 0, 0, 0, .. size, 0, 2, 2, 0x4C, 1, 0];
        return [.. "GIF89a"u8, .. size, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B];
    }

    private static byte[] PngClaiming(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", new byte[64]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(body));
        return [.. length, .. body, .. crc];
    }

    /// <summary>CRC-32 as PNG wants it (ISO 3309).</summary>
    private static uint Crc(byte[] body)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in body)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
            }
        }

        return ~crc;
    }
}
