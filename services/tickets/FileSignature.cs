using System.Text;

namespace Invoicing.Tickets;

/// <summary>What the first bytes of a file are, whatever it is called.</summary>
public enum FileKind
{
    Unknown,
    Image,
    Pdf,
    Audio,

    /// <summary>Program, archive, page, drawing with script, script: never a ticket.</summary>
    Forbidden,
}

/// <summary>Judges bytes by their magic numbers. A signature says what a file claims to be, not that it is whole.</summary>
public static class FileSignature
{
    private static readonly (byte[] Start, string Type)[] Images =
    [
        ([0xFF, 0xD8, 0xFF], "image/jpeg"), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"), ("GIF87a"u8.ToArray(), "image/gif"),
        ("GIF89a"u8.ToArray(), "image/gif"), ("II*\0"u8.ToArray(), "image/tiff"), ("MM\0*"u8.ToArray(), "image/tiff"),
    ];

    private static readonly (byte[] Start, string Type)[] Audios =
    [
        ("ID3"u8.ToArray(), "audio/mpeg"), ("OggS"u8.ToArray(), "audio/ogg"), ("fLaC"u8.ToArray(), "audio/flac"), ("#!AMR"u8.ToArray(), "audio/amr"),
        ([0xFF, 0xFB], "audio/mpeg"), ([0xFF, 0xF3], "audio/mpeg"), ([0xFF, 0xF2], "audio/mpeg"), ([0xFF, 0xF1], "audio/aac"), ([0xFF, 0xF9], "audio/aac"),
    ];

    // Windows, Linux, macOS and Java programs, WebAssembly, Android, shortcut, OLE; zip (and what is made of it), rar, 7z, gzip, bzip2, xz, zstd, cab.
    private static readonly byte[][] Forbidden =
    [
        "MZ"u8.ToArray(), [0x7F, 0x45, 0x4C, 0x46], [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE],
        [0xCA, 0xFE, 0xBA, 0xBE], [0x00, 0x61, 0x73, 0x6D], "dex\n"u8.ToArray(), [0x4C, 0, 0, 0, 1, 0x14, 2, 0], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 7, 8], "Rar!"u8.ToArray(), [0x37, 0x7A, 0xBC, 0xAF], [0x1F, 0x8B], "BZh"u8.ToArray(),
        [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD], "MSCF"u8.ToArray(), "SQLite format 3"u8.ToArray(),
    ];

    private static readonly string[] Markup =
        ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<!doctype svg", "<?php", "<%@", "<meta", "<link", "<style", "<object", "<embed", "<img", "<form"];

    /// <summary>The kind, and the media type when it is recognised.</summary>
    public static (FileKind Kind, string? ContentType) Of(ReadOnlySpan<byte> bytes)
    {
        if (Find(bytes, Images) is { } image)
        {
            return (FileKind.Image, image);
        }

        if (Container(bytes) is { } container)
        {
            return container;
        }

        if (Find(bytes, Audios) is { } audio)
        {
            return (FileKind.Audio, audio);
        }

        if (bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
        {
            return (FileKind.Pdf, "application/pdf");
        }

        return IsForbidden(bytes) ? (FileKind.Forbidden, null) : (FileKind.Unknown, null);
    }

    private static string? Find(ReadOnlySpan<byte> bytes, (byte[] Start, string Type)[] table)
    {
        foreach (var (start, type) in table)
        {
            if (bytes.StartsWith(start))
            {
                return type;
            }
        }

        return null;
    }

    private static (FileKind, string?)? Container(ReadOnlySpan<byte> b)
    {
        if (b.Length >= 12 && b.StartsWith("RIFF"u8))
        {
            return b[8..12].SequenceEqual("WEBP"u8) ? (FileKind.Image, "image/webp") : b[8..12].SequenceEqual("WAVE"u8) ? (FileKind.Audio, "audio/wav") : null;
        }

        if (b.Length >= 12 && b[4..8].SequenceEqual("ftyp"u8))
        {
            var brand = Encoding.ASCII.GetString(b[8..12]);
            return brand is "heic" or "heix" or "hevc" or "mif1" or "msf1" or "avif" ? (FileKind.Image, "image/heic") : brand.StartsWith("M4A", StringComparison.Ordinal) ? (FileKind.Audio, "audio/mp4") : null;
        }

        // A bitmap's header says its own size of header: "BM" alone begins many a sentence.
        return b.Length >= 18 && b.StartsWith("BM"u8) && b[14] is 12 or 40 or 52 or 56 or 64 or 108 or 124 && b[15] == 0 ? (FileKind.Image, "image/bmp") : null;
    }

    private static bool IsForbidden(ReadOnlySpan<byte> bytes)
    {
        foreach (var start in Forbidden)
        {
            if (bytes.StartsWith(start))
            {
                return true;
            }
        }

        return (bytes.Length > 262 && bytes[257..262].SequenceEqual("ustar"u8)) || IsMarkup(Head(bytes));
    }

    private static string Head(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 4096)];
        var text = head.StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode.GetString(head) : head.StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode.GetString(head) : Encoding.UTF8.GetString(head);
        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\f');
    }

    private static bool IsMarkup(string head)
    {
        for (var start = head; ;)
        {
            if (start.StartsWith("#!", StringComparison.Ordinal) || Markup.Any(m => start.StartsWith(m, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }

            // A comment or declaration may stand before the page itself.
            var end = start.StartsWith("<!--", StringComparison.Ordinal) ? start.IndexOf("-->", StringComparison.Ordinal) + 3
                : start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) ? start.IndexOf('>', StringComparison.Ordinal) + 1 : 0;
            if (end <= 2 && !start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || end <= 0)
            {
                return false;
            }

            start = start[end..].TrimStart();
        }
    }
}
