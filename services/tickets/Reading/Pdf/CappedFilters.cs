using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// PdfPig unpacks a stream whole, whatever its size: 25 MB can hold gigabytes of zeros. These filters measure first and give a whole
/// document a budget.
/// </summary>
internal sealed class CappedFilters : IFilterProvider
{
    private const long Budget = 200_000_000;

    /// <summary>LZW expands up to 2,700 times, and no program has written it for decades.</summary>
    private const int MaxLzwInput = 64_000;

    private long used;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Capped(DefaultFilterProvider.Instance.GetFilters(dictionary));

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
