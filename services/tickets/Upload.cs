using System.Security.Cryptography;
using System.Text;
using SkiaSharp;

namespace Invoicing.Tickets;

/// <summary>A file that may be a ticket: its bytes were judged, its size too.</summary>
public sealed record Upload(ReadOnlyMemory<byte> Bytes, string FileName, string ContentType, Tipo Tipo)
{
    public const int MaxBytes = 15 * 1024 * 1024;

    private static readonly string[] ImageExtensions = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic"];
    private static readonly string[] ProgramExtensions =
        [".exe", ".dll", ".bat", ".cmd", ".com", ".msi", ".scr", ".ps1", ".sh", ".js", ".vbs", ".jar", ".apk", ".zip", ".rar", ".7z", ".gz", ".tar", ".html", ".htm", ".svg", ".php", ".py"];
    private static readonly string[] PlainText = ["text/plain", "text/csv", "text/tab-separated-values", "text/markdown"];

    /// <summary>413 too big, 415 not a ticket's type, 422 an image that would not fit into memory.</summary>
    /// <param name="at">Where the request has it.</param>
    /// <exception cref="ProblemException">See above.</exception>
    public static Upload Judge(ReadOnlyMemory<byte> bytes, string? fileName, string? declared, string at = "/file")
    {
        if (bytes.Length > MaxBytes)
        {
            throw new ProblemException(new Problem(413, "payload_too_large", "El archivo excede el máximo de 15 MB."));
        }

        var name = SafeName(fileName);
        var (kind, type) = FileSignature.Of(bytes.Span);
        var upload = kind switch
        {
            FileKind.Image => new Upload(bytes, name, type!, Tipo.imagen),
            FileKind.Pdf => new Upload(bytes, name, type!, Tipo.pdf),
            FileKind.Audio => new Upload(bytes, name, type!, Tipo.voz),
            FileKind.Unknown => ByDeclaration(bytes, name, (declared ?? "").Split(';')[0].Trim().ToLowerInvariant()),
            _ => null,
        };
        if (upload is null)
        {
            throw new ProblemException(new Problem(415, "unsupported_media_type", "Solo se aceptan tickets en imagen, PDF, audio o texto."));
        }

        return upload.Tipo == Tipo.imagen ? upload.EnsureDecodable(at) : upload;
    }

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));

    public string Text => Encoding.UTF8.GetString(Bytes.Span).TrimStart('\uFEFF');

    private static Upload? ByDeclaration(ReadOnlyMemory<byte> bytes, string name, string declared)
    {
        var extension = Path.GetExtension(name).ToLowerInvariant();
        if (declared == "image/svg+xml" || ProgramExtensions.Contains(extension))
        {
            return null;
        }

        var untold = declared is "" or "application/octet-stream" or "binary/octet-stream";
        if (declared.StartsWith("image/", StringComparison.Ordinal) || (untold && ImageExtensions.Contains(extension)))
        {
            return new Upload(bytes, name, declared.Length > 0 && !untold ? declared : "application/octet-stream", Tipo.imagen);
        }

        if (declared == "application/pdf")
        {
            return new Upload(bytes, name, declared, Tipo.pdf);
        }

        if (declared.StartsWith("audio/", StringComparison.Ordinal))
        {
            return new Upload(bytes, name, declared, Tipo.voz);
        }

        return (PlainText.Contains(declared) || untold) && IsText(bytes.Span) ? new Upload(bytes, name, "text/plain", Tipo.texto) : null;
    }

    /// <summary>UTF-8, and next to no control characters.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.Count(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\f')) <= text.Length / 100;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Only the header is looked at: a small file may claim more pixels than the machine has memory.</summary>
    private Upload EnsureDecodable(string at)
    {
        using var data = SKData.CreateCopy(Bytes.Span);
        using var codec = SKCodec.Create(data);
        if (codec is not null && Reading.ImageHeader.TooLarge(codec, Bytes.Span) is { } tooLarge)
        {
            throw new ProblemException(Problem.Invalid(at, "image_too_large", tooLarge));
        }

        return this;
    }

    private static string SafeName(string? name)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        var safe = new string([.. last.Where(c => !char.IsControl(c) && c is not ('"' or ';' or '<' or '>')).Take(120)]).Trim().Trim('.');
        return safe.Length == 0 ? "ticket" : safe;
    }
}
