using System.Collections.Concurrent;
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
    public const long BytesPerMb = 1024 * 1024;

    private const long Fresh = 30_000;
    private static readonly char[] Separators = ['/'];
    private readonly ConcurrentDictionary<string, Measured> used = new();

    private sealed record Measured(long Bytes, long At)
    {
        private long added;

        public long Total => Bytes + Interlocked.Read(ref added);

        public void Add(long bytes) => Interlocked.Add(ref added, bytes);
    }

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

        used.GetValueOrDefault(companyId)?.Add(bytes.Length);
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

    /// <summary>Bytes stored for a tenant: counted on the disk at most every half minute, in between with what this process adds.</summary>
    public long UsedBy(string companyId)
    {
        if (!used.TryGetValue(companyId, out var known) || Environment.TickCount64 - known.At > Fresh)
        {
            used[companyId] = known = new Measured(FilesOf(companyId).Sum(f => f.Length), Environment.TickCount64);
        }

        return known.Total;
    }

    /// <summary>False when so many bytes more would exceed the tenant's quota.</summary>
    public bool HasRoom(string companyId, int quotaMb, long bytes) => UsedBy(companyId) + bytes <= quotaMb * BytesPerMb;

    /// <exception cref="ProblemException">413 <c>storage_quota_exceeded</c>.</exception>
    public void EnsureRoom(string companyId, int quotaMb, long bytes)
    {
        if (!HasRoom(companyId, quotaMb, bytes))
        {
            throw new ProblemException(new Problem(413, "storage_quota_exceeded",
                $"La empresa ya usa los {quotaMb} MB de almacenamiento que tiene. Borre datos o pida más espacio al administrador de la plataforma."));
        }
    }

    /// <summary>Everything of a tenant that was stored before a time; how many files.</summary>
    public int DeleteBefore(string companyId, DateTimeOffset before)
    {
        var old = FilesOf(companyId).Where(f => f.LastWriteTimeUtc < before.UtcDateTime).ToList();
        old.ForEach(f => f.Delete());
        used.TryRemove(companyId, out _);
        return old.Count;
    }

    private IEnumerable<FileInfo> FilesOf(string companyId) => new DirectoryInfo(Path.Combine(root, Folder(companyId))) is { Exists: true } folder
        ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [];

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
