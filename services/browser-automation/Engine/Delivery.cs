using System.IO.Compression;
using System.Text;
using Invoicing.Fiscal;

namespace Invoicing.BrowserAutomation.Engine;

public enum FileKind
{
    CfdiXml,
    Pdf,
    Refused,
}

/// <param name="Name">Safe as a file name.</param>
/// <param name="Reason">Spanish, when refused.</param>
/// <param name="Receptor">RFC the CFDI names, when it is one.</param>
/// <param name="StampedAt">Of a CFDI: FechaTimbrado, in a Mexican time that the XML does not name.</param>
public sealed record JudgedFile(FileKind Kind, string Name, byte[] Bytes, string? Reason = null, string? Receptor = null, DateTime? StampedAt = null);

/// <summary>What portals deliver, judged by its content; names and content types lie.</summary>
public static class Delivery
{
    public const int MaxBytes = 10 * 1024 * 1024;
    private const int MaxEntries = 50;
    private const int MaxUnpacked = 20 * 1024 * 1024;
    private const int MaxRatio = 200;

    /// <summary>Never throws for what the bytes hold.</summary>
    public static IReadOnlyList<JudgedFile> Judge(byte[] bytes, string name, string receptorRfc, decimal? total, DateTimeOffset now)
    {
        var safe = SafeName(name);
        if (bytes.Length is 0 or > MaxBytes)
        {
            return [new(FileKind.Refused, safe, [], bytes.Length == 0 ? "El archivo está vacío." : "El archivo pasa de 10 MB.")];
        }

        if (bytes.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            return Unpack(bytes, safe, receptorRfc, total, now);
        }

        return bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).IndexOf("%PDF-"u8) >= 0
            ? [new(FileKind.Pdf, WithExtension(safe, ".pdf"), bytes)]
            : [Xml(bytes, safe, receptorRfc, total, now)];
    }

    private static JudgedFile Xml(byte[] bytes, string name, string receptorRfc, decimal? total, DateTimeOffset now)
    {
        var reading = Cfdi.Parse(bytes);
        if (reading is CfdiUnreadable unreadable)
        {
            return new(FileKind.Refused, name, [], unreadable.Detail);
        }

        var cfdi = (Cfdi)reading;
        var expected = new CfdiExpectation { ReceptorRfc = receptorRfc, Total = total };
        var verdict = CfdiVerifier.Verify(cfdi, now, new Dictionary<string, System.Security.Cryptography.X509Certificates.X509Certificate2>(), expected);
        var failed = verdict.Checks.FirstOrDefault(c => c.Status == CheckStatus.Invalid);
        return failed is null
            ? new(FileKind.CfdiXml, WithExtension(name, ".xml"), bytes, null, cfdi.Receptor.Rfc, cfdi.Timbre?.FechaTimbrado)
            : new(FileKind.Refused, WithExtension(name, ".xml"), bytes, failed.Detail, cfdi.Receptor.Rfc);
    }

    private static List<JudgedFile> Unpack(byte[] bytes, string name, string receptorRfc, decimal? total, DateTimeOffset now)
    {
        var found = new List<JudgedFile>();
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read, false, Encoding.UTF8);
            if (zip.Entries.Count > MaxEntries)
            {
                return [new(FileKind.Refused, name, [], "El ZIP trae demasiados archivos.")];
            }

            long left = Math.Min(MaxUnpacked, Math.Max(1024 * 1024, (long)bytes.Length * MaxRatio));
            foreach (var entry in zip.Entries.Where(e => e.Name.Length > 0))
            {
                if (Read(entry, left) is not { } content)
                {
                    return [new(FileKind.Refused, name, [], "El ZIP se expande más de lo permitido.")];
                }

                left -= content.Length;
                if (!content.AsSpan().StartsWith("PK\x03\x04"u8))
                {
                    found.AddRange(Judge(content, entry.Name, receptorRfc, total, now));
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException or ArgumentException)
        {
            return [new(FileKind.Refused, name, [], "El ZIP está dañado.")];
        }

        return found.Count > 0 ? found : [new(FileKind.Refused, name, [], "El ZIP no trae ni XML ni PDF.")];
    }

    // What an entry says of its own size is not believed: it is counted while it unpacks.
    private static byte[]? Read(ZipArchiveEntry entry, long limit)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        for (int n; (n = stream.Read(buffer)) > 0;)
        {
            if (content.Length + n > limit)
            {
                return null;
            }

            content.Write(buffer, 0, n);
        }

        return content.ToArray();
    }

    private static string SafeName(string name)
    {
        var plain = new string([.. Path.GetFileName(name.Replace('\\', '/')).Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))]).Trim('.', ' ');
        return plain.Length == 0 ? "archivo" : plain.Length <= 100 ? plain : plain[..100];
    }

    private static string WithExtension(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? name : Path.GetFileNameWithoutExtension(name) + extension;
}
