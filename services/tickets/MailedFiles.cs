using System.IO.Compression;
using MimeKit;

namespace Invoicing.Tickets;

/// <summary>A file found in an e-mail.</summary>
public sealed record MailedFile(string Name, byte[] Bytes)
{
    public bool IsPdf => Bytes.AsSpan().StartsWith("%PDF"u8);

    /// <summary>XML by what it is, not by what it is called; the verifier has the last word.</summary>
    public bool MayBeXml
    {
        get
        {
            var head = Bytes.AsSpan(0, Math.Min(Bytes.Length, 64));
            head = head.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? head[3..] : head;
            return head.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
        }
    }
}

/// <summary>Takes the files out of an e-mail, however deep: parts, forwarded messages, archives. Bounded in every direction.</summary>
public static class MailedFiles
{
    private const int MaxFiles = 100;
    private const int MaxBytes = 5 * 1024 * 1024;
    private const int MaxDepth = 8;
    private const int MaxArchives = 3;

    /// <exception cref="ProblemException">400: it is not an e-mail.</exception>
    public static MimeMessage Load(Stream raw, CancellationToken ct)
    {
        try
        {
            return MimeMessage.Load(new ParserOptions { MaxMimeDepth = 64 }, raw, ct);
        }
        catch (Exception e) when (e is FormatException or IOException or InvalidOperationException)
        {
            throw new ProblemException(new Problem(400, "malformed_mail", "El cuerpo no es un correo electrónico (message/rfc822)."));
        }
    }

    public static IReadOnlyList<MailedFile> Of(MimeMessage message, CancellationToken ct) => [.. In(message.Body, 0, ct).Take(MaxFiles)];

    /// <summary>The file, or the files in it when it is an archive; nothing when it is larger than an invoice can be.</summary>
    public static IReadOnlyList<MailedFile> Open(string name, byte[] bytes)
    {
        var budget = 4L * MaxBytes;
        return bytes.Length > MaxBytes ? [] : IsArchive(bytes) ? Unzipped(bytes, 0, ref budget) : [new MailedFile(name, bytes)];
    }

    private static IEnumerable<MailedFile> In(MimeEntity? entity, int depth, CancellationToken ct) => depth > MaxDepth ? [] : entity switch
    {
        Multipart parts => parts.SelectMany(p => In(p, depth + 1, ct)),
        MessagePart forwarded => In(forwarded.Message?.Body, depth + 1, ct),
        TextPart { IsAttachment: false, ContentType.MediaSubtype: not "xml" } => [],
        MimePart part => Opened(part, ct),
        _ => [],
    };

    private static IReadOnlyList<MailedFile> Opened(MimePart part, CancellationToken ct)
    {
        using var decoded = new MemoryStream();
        part.Content?.DecodeTo(decoded, ct);
        return Open(part.FileName ?? "", decoded.ToArray());
    }

    // Archives inside archives share one budget of bytes, so that nesting multiplies nothing.
    private static List<MailedFile> Unzipped(byte[] archive, int depth, ref long budget)
    {
        var files = new List<MailedFile>();
        try
        {
            using var zip = new ZipArchive(new MemoryStream(archive));
            foreach (var entry in zip.Entries.Take(MaxFiles))
            {
                if (budget <= 0 || Inflated(entry) is not { } bytes)
                {
                    continue;
                }

                budget -= bytes.Length;
                files.AddRange(!IsArchive(bytes) ? [new MailedFile(entry.Name, bytes)] : depth < MaxArchives ? Unzipped(bytes, depth + 1, ref budget) : []);
            }
        }
        catch (InvalidDataException)
        {
            // A broken archive holds no invoice; what could be read of it stays.
        }

        return files;
    }

    private static bool IsArchive(byte[] bytes) => bytes.AsSpan().StartsWith<byte>([0x50, 0x4B, 3, 4]);

    /// <summary>Null when there is more than an invoice can be; what the archive says of its size is not believed.</summary>
    private static byte[]? Inflated(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var bytes = new byte[MaxBytes + 1];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > MaxBytes ? null : bytes[..length];
    }
}
