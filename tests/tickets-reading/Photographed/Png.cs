using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>PNG files as hostile senders write them: by hand.</summary>
internal static class Png
{
    private static readonly byte[] Magic = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A header that claims a size, and next to nothing behind it.</summary>
    public static byte[] Claiming(int width, int height) => [.. Magic, .. Header(width, height, 0, false), .. Chunk("IDAT", new byte[64]), .. Chunk("IEND", [])];

    /// <summary>A whole picture of one colour: as large as it says, in a small file.</summary>
    /// <param name="color">PNG's colour type: 0 gray, 2 colour, 6 with transparency.</param>
    public static byte[] Blank(int width, int height, byte color, bool interlaced = false)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            // Filter byte and samples, all zero; the passes of an interlaced picture need a few bytes more.
            var row = new byte[1 + (width * (color == 0 ? 1 : color == 2 ? 3 : 4))];
            for (var y = 0; y < height + (interlaced ? 16 : 0); y++)
            {
                deflate.Write(row);
            }
        }

        return [.. Magic, .. Header(width, height, color, interlaced), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Header(int width, int height, byte color, bool interlaced)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (8, color, (byte)(interlaced ? 1 : 0));
        return Chunk("IHDR", header);
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
