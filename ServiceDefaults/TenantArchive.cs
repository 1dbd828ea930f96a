using System.Formats.Tar;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Invoicing;

/// <summary>
/// A service's part of a tenant's export: rows as NDJSON, some hundred a file, and stored files, in the order they are read. A TAR, so that
/// whoever puts the parts together can pass them on without keeping them.
/// </summary>
public sealed class TenantArchive : IAsyncDisposable
{
    private const int RowsPerFile = 500;
    private readonly TarWriter tar;

    private TenantArchive(Stream to) => tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);

    /// <summary>The answer of an internal route.</summary>
    public static IResult Answer(Func<TenantArchive, Task> write) => Results.Stream(async stream =>
    {
        await using var archive = new TenantArchive(stream);
        await write(archive);
    }, "application/x-tar");

    /// <param name="name">Folder of the files: <c>tickets</c> gives <c>tickets/0001.ndjson</c>.</param>
    public async Task RowsAsync<T>(string name, IAsyncEnumerable<T> rows, CancellationToken ct)
    {
        var (page, count, files) = (new MemoryStream(), 0, 0);
        await foreach (var row in rows.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(page, row, Json.Options, ct);
            page.WriteByte((byte)'\n');
            if (++count % RowsPerFile == 0)
            {
                await FileAsync($"{name}/{++files:0000}.ndjson", page, ct);
                page.SetLength(0);
            }
        }

        // An empty list is a list too, and a TAR without an entry is no TAR.
        if (page.Length > 0 || files == 0)
        {
            await FileAsync($"{name}/{++files:0000}.ndjson", page, ct);
        }
    }

    /// <param name="content">Seekable; written from its beginning.</param>
    public Task FileAsync(string name, Stream content, CancellationToken ct)
    {
        content.Position = 0;
        return tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, ct);
    }

    public ValueTask DisposeAsync() => tar.DisposeAsync();
}
