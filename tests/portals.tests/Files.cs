using System.IO.Compression;
using MimeKit;

namespace Invoicing.Portals.Tests;

/// <summary>Takes files out of what the portals deliver.</summary>
internal static class Files
{
    /// <summary>The only attachment whose name ends so.</summary>
    public static async Task<byte[]> Of(MimeMessage mail, string extension)
    {
        var part = mail.Attachments.OfType<MimePart>().Single(part => part.FileName!.EndsWith(extension, StringComparison.Ordinal));
        using var content = new MemoryStream();
        await part.Content!.DecodeToAsync(content);
        return content.ToArray();
    }

    /// <summary>The only entry of an archive whose name ends so.</summary>
    public static byte[] Of(byte[] archive, string extension)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        using var entry = zip.Entries.Single(entry => entry.Name.EndsWith(extension, StringComparison.Ordinal)).Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }
}
