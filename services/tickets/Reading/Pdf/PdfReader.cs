using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace Invoicing.Tickets.Reading;

/// <summary>The text layer of a PDF, and its pictures. One of <see cref="Reason"/> or some content is present.</summary>
internal sealed class PdfPages : IDisposable
{
    public string? Reason { get; init; }

    public IReadOnlyList<TextRow> Rows { get; init; } = [];

    public IReadOnlyList<Photo> Photos { get; init; } = [];

    public void Dispose()
    {
        foreach (var photo in Photos)
        {
            photo.Dispose();
        }
    }
}

/// <summary>Opens a PDF that may be hostile: encrypted, broken, huge and empty ones come back with a Spanish reason.</summary>
internal static class PdfReader
{
    private const int MaxBytes = 25_000_000;

    /// <summary>Tickets are a page long; a report sent by mistake must not keep the reader busy.</summary>
    private const int MaxPages = 5;
    private const int MaxLettersPerPage = 20_000;
    private const int MinLetters = 20;

    /// <summary>Bytes of drawing: forms count as often as others may draw them, and a byte becomes thirty in memory. A page of a ticket is some ten thousand.</summary>
    private const double MaxDrawn = 10_000_000;
    private const string TooMuch = "El PDF dibuja mucho más de lo que cabe en un ticket. Envíe una fotografía del ticket.";

    /// <summary>A ticket opens in a fraction of this; what takes longer was made to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<PdfPages> OpenAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            return await Task.Run(() => Open(bytes), stop).WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            return Refused("El PDF tarda demasiado en abrirse. Envíe una fotografía del ticket.");
        }
    }

    private static PdfPages Open(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return Refused("El PDF supera los 25 MB. Envíe solo la página del ticket.");
        }

        if (!HasMagic(bytes.Span))
        {
            return Refused("El archivo no es un PDF.");
        }

        try
        {
            var filters = new CappedFilters();
            using var document = PdfDocument.Open(bytes.ToArray(), new ParsingOptions { FilterProvider = filters });
            if (document.NumberOfPages > MaxPages)
            {
                return Refused($"El PDF tiene {document.NumberOfPages} páginas; un ticket tiene {MaxPages} como máximo. Envíe solo las del ticket.");
            }

            if (DrawsTooMuch(document.Structure, filters))
            {
                return Refused(TooMuch);
            }

            var read = Read(document);
            if (!filters.Exhausted)
            {
                return read;
            }

            read.Dispose();
            return Refused(TooMuch);
        }
        catch (PdfDocumentEncryptedException)
        {
            return Refused("El PDF está protegido con contraseña. Envíelo sin protección.");
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            // PdfPig throws whatever its parser stumbles over; a broken PDF is an expected input here.
            return Refused("El PDF está dañado y no se puede leer.");
        }
    }

    private static PdfPages Read(PdfDocument document)
    {
        var pages = document.GetPages().ToList();
        if (pages.Any(page => page.Letters.Count > MaxLettersPerPage))
        {
            return Refused("El PDF tiene demasiado texto para ser un ticket.");
        }

        var rows = pages.SelectMany(RowsOf).ToList();
        var enough = rows.Sum(row => row.Text.Count(char.IsLetterOrDigit)) >= MinLetters;
        var photos = PdfPictures.Of(pages);
        return enough || photos.Count > 0
            ? new PdfPages { Rows = enough ? rows : [], Photos = photos }
            : Refused("El PDF no contiene texto ni imágenes que se puedan leer.");
    }

    private static IEnumerable<TextRow> RowsOf(Page page) => PdfRows.Of(page);

    private static PdfPages Refused(string reason) => new() { Reason = reason };

    /// <summary>
    /// Weighs what the pages draw before any of it is drawn: a dozen small forms that draw each other are a billion. Each form is taken to draw every
    /// other one as often as it draws anything.
    /// </summary>
    private static bool DrawsTooMuch(Structure structure, CappedFilters filters)
    {
        var (plain, largest, onPages, ofForms) = (0L, 100, 1, 1.0);
        foreach (var stream in structure.CrossReferenceTable.ObjectOffsets.Keys.Select(reference => Find(structure, reference)).OfType<StreamToken>().Where(MayDraw))
        {
            var content = stream.Decode(structure.FilterProvider, structure.TokenScanner);
            plain += content.Length;
            if (filters.Exhausted || plain > CappedFilters.MaxDrawing)
            {
                return true;
            }

            var draws = Draws(content.Span);
            if (stream.StreamDictionary.TryGet(NameToken.Subtype, out NameToken kind) && kind == NameToken.Form)
            {
                (largest, ofForms) = (Math.Max(largest, content.Length), ofForms * Math.Max(1, draws));
            }
            else
            {
                onPages += draws;
            }
        }

        filters.StartAgain();
        return largest * ofForms * onPages > MaxDrawn;
    }

    /// <summary>Not a picture, and not the file's own tables.</summary>
    private static bool MayDraw(StreamToken stream) =>
        !CappedFilters.IsPicture(stream.StreamDictionary)
        && !(stream.StreamDictionary.TryGet(NameToken.Type, out NameToken type) && (type.Data is "ObjStm" or "XRef" or "Metadata"));

    private static IToken? Find(Structure structure, IndirectReference reference)
    {
        try
        {
            return structure.GetObject(reference)?.Data;
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            // Pages may do without it.
            return null;
        }
    }

    /// <summary>How often "Do" stands there, the operator that draws a form or picture.</summary>
    private static int Draws(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var at = bytes.IndexOf("Do"u8); at >= 0;)
        {
            count += at > 0 && " \t\r\n\f\0)]>"u8.Contains(bytes[at - 1]) && (at + 2 == bytes.Length || !char.IsAsciiLetterOrDigit((char)bytes[at + 2])) ? 1 : 0;
            var next = bytes[(at + 2)..].IndexOf("Do"u8);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return count;
    }

    private static bool HasMagic(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(1024, bytes.Length)].IndexOf("%PDF-"u8) >= 0;
}
