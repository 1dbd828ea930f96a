using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// PdfPig unpacks a stream whole, whatever its size, and a form once for every time it is drawn: 25 MB can hold gigabytes of zeros, and forms that draw
/// each other billions of letters. These filters measure first and give a whole document a budget.
/// </summary>
internal sealed class CappedFilters : IFilterProvider
{
    private const long Budget = 30_000_000;

    /// <summary>Fonts, pictures and forms of a few pages are some hundred.</summary>
    private const int MaxStreams = 3_000;

    /// <summary>LZW expands up to 2,700 times, and no program has written it for decades.</summary>
    private const int MaxLzwInput = 64_000;

    private long used;
    private int streams;

    /// <summary>More streams were asked for than a ticket has. The rest were empty: the library passes over what throws, and would go on for hours.</summary>
    public bool Exhausted => streams > MaxStreams;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) 
        ++streams > MaxStreams ? [Nothing.Instance] : Capped(DefaultFilterProvider.Instance.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Capped(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Capped(DefaultFilterProvider.Instance.GetAllFilters());

    private IReadOnlyList<IFilter> Capped(IReadOnlyList<IFilter> filters) => [.. filters.Select(filter => new CappedFilter(filter, this))];

    private void Spend(long bytes)
    {
        used += bytes;
        if (used > Budget)
        {
            throw new InvalidDataException("The PDF unpacks to more than its budget.");
        }
    }

    private sealed class Nothing : IFilter
    {
        public static readonly Nothing Instance = new();

        public bool IsSupported => true;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex) => Memory<byte>.Empty;
    }

    private sealed class CappedFilter(IFilter inner, CappedFilters budget) : IFilter
    {
        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            if (inner is LzwFilter && input.Length > MaxLzwInput)
            {
                throw new InvalidDataException("The PDF holds a large LZW stream.");
            }

            if (inner is FlateFilter)
            {
                MeasureFlate(input);
            }

            var output = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            budget.Spend(output.Length);
            return output;
        }

        private void MeasureFlate(Memory<byte> input)
        {
            // Two bytes of zlib header stand before the deflated data.
            using var packed = new MemoryStream(input.ToArray(), Math.Min(2, input.Length), Math.Max(0, input.Length - 2), writable: false);
            using var unpacked = new DeflateStream(packed, CompressionMode.Decompress);
            var buffer = new byte[81_920];
            long length = 0;
            for (var read = Read(unpacked, buffer); read > 0; read = Read(unpacked, buffer))
            {
                length += read;
                if (budget.used + length > Budget)
                {
                    throw new InvalidDataException("The PDF unpacks to more than its budget.");
                }
            }
        }

        private static int Read(DeflateStream stream, byte[] buffer)
        {
            try
            {
                return stream.Read(buffer);
            }
            catch (InvalidDataException)
            {
                // Broken data ends here for the reader behind as well.
                return 0;
            }
        }
    }
}
