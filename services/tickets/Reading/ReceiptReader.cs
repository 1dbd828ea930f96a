using System.Diagnostics;
using System.Text;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// Reads a ticket, whatever it came as, on this machine. What cannot be read comes back as a reason in Spanish; an exception means a
/// fault of ours (models absent, time-out asked by the caller), never a bad file.
/// </summary>
public sealed class ReceiptReader(TextRecognizer recognizer, CodeReader codes)
{
    private const string NothingSeen = "No se distingue texto en la imagen. Envíe una fotografía más clara, de frente y con buena luz.";
    private const int MaxTextLength = 100_000;

    /// <param name="bytes">The upload as it came; for <see cref="TicketForm.Text"/> UTF-8.</param>
    public async Task<TicketReading> ReadAsync(ReadOnlyMemory<byte> bytes, TicketForm form, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        var reading = form switch
        {
            TicketForm.Image => await ReadImage(bytes, stop),
            TicketForm.Pdf => await ReadPdf(bytes, stop),
            _ => ReadText(Encoding.UTF8.GetString(bytes.Span)),
        };
        return reading with { Seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3) };
    }

    /// <summary>The same for text that is already a string.</summary>
    public static TicketReading ReadText(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return TicketReading.Unreadable("El texto del ticket está vacío. Escriba o pegue el contenido del ticket.");
        }

        var cut = text.Length > MaxTextLength ? text[..MaxTextLength] : text;
        return Understood(TypedRows.Of(cut), [], certain: true);
    }

    private async Task<TicketReading> ReadImage(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var (photo, reason) = Photo.Open(bytes);
        using (photo)
        {
            return photo is null ? TicketReading.Unreadable(reason!) : await ReadPhotos([photo], stop);
        }
    }

    private async Task<TicketReading> ReadPdf(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        using var pages = await PdfReader.OpenAsync(bytes, stop);
        if (pages.Reason is { } reason)
        {
            return TicketReading.Unreadable(reason);
        }

        return pages.Rows.Count > 0
            ? Understood(pages.Rows, await Task.Run(() => CodesOf(pages.Photos, stop), stop), certain: true)
            : await ReadPhotos(pages.Photos, stop);
    }

    private async Task<TicketReading> ReadPhotos(IReadOnlyList<Photo> photos, CancellationToken stop)
    {
        var rows = new List<TextRow>();
        foreach (var photo in photos)
        {
            rows.AddRange(await recognizer.ReadAsync(photo, stop));
        }

        var found = await Task.Run(() => CodesOf(photos, stop), stop);
        return rows.Count == 0 && found.Count == 0 ? TicketReading.Unreadable(NothingSeen)
            : Understood(rows, found, certain: false) with { PictureHash = PictureHash.Of(photos[0]) };
    }

    private List<ReadCode> CodesOf(IReadOnlyList<Photo> photos, CancellationToken stop) =>
        [.. photos.SelectMany(photo => codes.Read(photo, stop)).Distinct()];

    /// <param name="certain">See <see cref="FieldExtractor.Extract"/>.</param>
    internal static TicketReading Understood(IReadOnlyList<TextRow> rows, IReadOnlyList<ReadCode> found, bool certain)
    {
        var urls = UrlExtractor.Extract(rows, found);
        var (fields, window) = FieldExtractor.Extract(rows, found, urls, certain);
        return new TicketReading(true, null, string.Join('\n', rows.Select(row => row.Text)), fields, found, urls, window, "local", 0) { Places = FieldPlaces.Of(rows, fields), Rows = rows };
    }
}
