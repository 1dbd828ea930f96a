using System.Security.Cryptography;
using Invoicing.Messages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Invoicing;

/// <summary>
/// The file store that services share: immutable, addressed by a key that names its tenant. <c>Artefacts:Root</c> is one directory for all
/// services (a volume in a cluster). A key is handed out only after the bytes are on disk under their final name.
/// With <c>Artefacts:Keys</c> the bytes on disk are encrypted (<see cref="ArtefactKeys"/>); what was stored before stays readable.
/// </summary>
public sealed class Artefacts(string root, ArtefactKeys? keys = null)
{
    private static readonly char[] Separators = ['/'];

    /// <exception cref="IOException">The disk is full or gone; nothing half-written stays visible.</exception>
    public async Task<StoredFile> PutAsync(string companyId, string fileName, string contentType, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var key = $"{Folder(companyId)}/{Guid.CreateVersion7():N}";
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                await file.WriteAsync(keys is null ? bytes : SealedFile.Seal(bytes.Span, keys), ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path);
        }
        finally
        {
            File.Delete(partial);
        }

        return new StoredFile(key, fileName, contentType, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
    }

    /// <summary>Null when there is no such artefact. The stream seeks.</summary>
    public Stream? Open(string key) => File.Exists(PathOf(key)) ? Opened(key) : null;

    /// <exception cref="FileNotFoundException">There is no such artefact.</exception>
    public async Task<byte[]> ReadAsync(string key, CancellationToken ct)
    {
        await using var file = Opened(key);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    /// <summary>True when it was there.</summary>
    public bool Delete(string key)
    {
        var path = PathOf(key);
        var found = File.Exists(path);
        File.Delete(path);
        return found;
    }

    private Stream Opened(string key) =>
        SealedFile.Open(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous), keys);

    private string PathOf(string key)
    {
        var parts = key.Split(Separators);
        if (parts.Length != 2 || parts.Any(p => p.Length == 0 || p.Any(c => !char.IsAsciiLetterOrDigit(c))))
        {
            throw new ArgumentException("Not an artefact key", nameof(key));
        }

        return Path.Combine(root, parts[0], parts[1][..8], parts[1]);
    }

    /// <summary>Tenants choose their id freely; on disk it is a digest, so that no name can walk out of its folder.</summary>
    private static string Folder(string companyId) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(companyId)))[..16];
}

public static class ArtefactsRegistration
{
    public static IServiceCollection AddArtefacts(this IServiceCollection services, IConfiguration configuration)
    {
        var root = configuration["Artefacts:Root"] ?? Path.Combine(Path.GetTempPath(), "invoicing-artefacts");
        return services.AddSingleton(new Artefacts(root, configuration["Artefacts:Keys"] is { Length: > 0 } keys ? new ArtefactKeys(keys) : null));
    }
}
