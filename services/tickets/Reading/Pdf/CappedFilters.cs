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
    private const long PictureBudget = 30_000_000;

    /// <summary>Drawing and fonts; a byte of drawing becomes fifty in memory.</summary>
    public const long MaxDrawing = 4_000_000;

    /// <summary>Fonts, pictures and forms of a few pages are some hundred.</summary>
    private const int MaxUnpacked = 3_000;

    private long pictures;
    private long others;
    private int unpacked;

    /// <summary>More was asked for than a ticket has. The rest was empty: the library passes over what throws, and would go on for hours.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>What was unpacked to be weighed does not count.</summary>
    public void StartAgain() => (pictures, others, unpacked) = (0, 0, 0);

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Capped(DefaultFilterProvider.Instance.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Capped(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Capped(DefaultFilterProvider.Instance.GetAllFilters());

    private IReadOnlyList<IFilter> Capped(IReadOnlyList<IFilter> filters) => [.. filters.Select(filter => new CappedFilter(filter, this))];

    public static bool IsPicture(DictionaryToken stream) => stream.TryGet(NameToken.Subtype, out NameToken kind) && kind == NameToken.Image;

    private long Left(DictionaryToken stream) => IsPicture(stream) ? PictureBudget - pictures : MaxDrawing - others;

    private void Spend(DictionaryToken stream, long bytes)
    {
        if (IsPicture(stream))
        {
            pictures += bytes;
        }
        else
        {
            others += bytes;
        }
    }

    private sealed class CappedFilter(IFilter inner, CappedFilters budget) : IFilter
    {
        /// <summary>A table of LZW grows to 4,096 bytes an entry, a run to 128 from two.</summary>
        private const int MostByLzw = 2_730;
        private const int MostByRuns = 64;

        public bool IsSupported => inner.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            budget.Exhausted |= ++budget.unpacked > MaxUnpacked;
            if (budget.Exhausted || Unpacked(input, streamDictionary, budget.Left(streamDictionary)) > budget.Left(streamDictionary))
            {
                budget.Exhausted = true;
                return Memory<byte>.Empty;
            }

            var output = inner.Decode(input, streamDictionary, filterProvider, filterIndex);
            budget.Spend(streamDictionary, output.Length);
            return output;
        }

        /// <summary>How much it will be at most; measured no further than it may be.</summary>
        private long Unpacked(Memory<byte> input, DictionaryToken stream, long limit) => inner switch
        {
            LzwFilter => (long)input.Length * MostByLzw,
            RunLengthFilter => (long)input.Length * MostByRuns,
            CcittFaxDecodeFilter => Fax(stream),
            FlateFilter => Flate(input, limit),
            _ => input.Length,
        };

        /// <summary>Its size is not that of the picture but told apart.</summary>
        private static long Fax(DictionaryToken stream)
        {
            var told = new[] { "DecodeParms", "DP" }.Select(name => stream.Data.GetValueOrDefault(name)).OfType<IToken>()
                .SelectMany(token => token is ArrayToken list ? list.Data : [token]).OfType<DictionaryToken>().Append(stream).ToList();
            double Most(params string[] names) => told.SelectMany(parameters => names.Select(name => parameters.Data.GetValueOrDefault(name) is NumericToken number ? number.Double : 0)).Max();
            return (long)Math.Min(long.MaxValue / 2, Math.Max(1728, Most("Columns", "Width")) / 8 * Math.Max(1, Most("Rows", "Height")));
        }

        private static long Flate(Memory<byte> input, long limit)
        {
            // Two bytes of zlib header stand before the deflated data.
            using var packed = new MemoryStream(input.ToArray(), Math.Min(2, input.Length), Math.Max(0, input.Length - 2), writable: false);
            using var unpacked = new DeflateStream(packed, CompressionMode.Decompress);
            var buffer = new byte[81_920];
            long length = 0;
            for (var read = Read(unpacked, buffer); read > 0 && length <= limit; read = Read(unpacked, buffer))
            {
                length += read;
            }

            return length;
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
