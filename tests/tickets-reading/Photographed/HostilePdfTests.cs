using System.IO.Compression;
using System.Text;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>Small PDFs that claim or hide much: each is answered with a reason or read, in less than 100 MB.</summary>
[NonParallelizable]
public sealed class HostilePdfTests
{
    private const string Page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] ";

    private static IEnumerable<TestCaseData> Hostile()
    {
        yield return Case("A_picture_of_100_megapixels", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R >>", Picture(10_000, 10_000), Stream("", "/A Do"u8)));
        yield return Case("A_picture_of_36_megapixels_in_colour", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R >>", Picture(6_000, 6_000), Stream("", "/A Do"u8)));
        yield return Case("A_picture_that_unpacks_to_more_than_it_says", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R >>", Picture(1_000, 1_000, 300_000_000), Stream("", "/A Do"u8)));
        yield return Case("A_page_of_a_million_kilometres", () => Pdf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999999 99999999999] /Contents 4 0 R >>", Stream("", "q Q"u8)));
        yield return Case("Twenty_thousand_pages", () => Pages(20_000));
        yield return Case("Forms_that_draw_each_other_a_billion_times", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 14 0 R >>", [.. Enumerable.Range(5, 9).Select(Nest), Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "q Q"u8), Stream("", "/A Do"u8)]));
        yield return Case("Packed_forms_that_draw_each_other_a_billion_times", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 14 0 R >>", [.. Enumerable.Range(5, 9).Select(PackedNest), Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "q Q"u8), Stream("", "/A Do"u8)]));
        yield return Case("A_large_form_that_a_page_draws_a_hundred_times", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R >>", Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0 0 m\n", 50_000)))), Stream("", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/A Do\n", 100))))));
        yield return Case("A_page_of_two_million_strokes_that_are_not_packed", () => Pdf(Page + "/Contents 4 0 R >>", Stream("", Strokes())));
        yield return Case("Strokes_whose_filters_stand_elsewhere_and_are_none", () => Pdf(Page + "/Contents 4 0 R >>", Stream("/Filter 5 0 R", Strokes()), "[ ]"u8.ToArray()));
        yield return Case("A_page_of_two_million_strokes", () => Pdf(Page + "/Contents 4 0 R >>", Stream("/Filter /FlateDecode", Packed(Strokes()))));
        yield return Case("A_fax_that_says_it_is_as_large_as_a_field", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R >>", Stream("/Type /XObject /Subtype /Image /Width 3000 /Height 3000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 100000 /Rows 100000 >>", new byte[100]), Stream("", "/A Do"u8)));
        yield return Case("A_form_that_draws_itself", () => Pdf(Page + "/Resources << /XObject << /A 4 0 R >> >> /Contents 5 0 R >>", Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >>", "/A Do"u8), Stream("", "/A Do"u8)));
        yield return Case("Lists_in_lists_a_hundred_thousand_deep", () => Pdf(Page + "/Annots " + new string('[', 100_000) + new string(']', 100_000) + " >>"));
    }

    [TestCaseSource(nameof(Hostile))]
    public void One_is_answered_in_little_memory(Func<byte[]> made)
    {
        var bytes = made();
        // The first PDF of a process loads the library.
        _ = Read(Pdf(Page + ">>"));

        var measured = Memory.Measure(() => Read(bytes));

        TestContext.Out.WriteLine($"{bytes.Length / 1000.0:0} kB, {measured}, {measured.Result.Reason}");
        Assert.That(measured.Result.Reason, Does.Contain("PDF").And.Not.Contain("tarda"));
        Assert.That(measured.Rise, Is.LessThan(Memory.Most));
    }

    private static TestCaseData Case(string name, Func<byte[]> made) => new TestCaseData(made).SetName(name);

    private static TicketReading Read(byte[] bytes) => Reader.Receipts.ReadAsync(bytes, TicketForm.Pdf, CancellationToken.None).GetAwaiter().GetResult();

    private static readonly byte[] TenDraws = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/A Do ", 10)));

    private static byte[] Nest(int next) => Stream(Form(next), TenDraws);

    private static byte[] PackedNest(int next) => Stream(Form(next) + " /Filter /FlateDecode", Packed(TenDraws));

    private static string Form(int draws) => $"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A {draws} 0 R >> >>";

    private static byte[] Strokes() => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0 0 m\n", 2_000_000)));

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Picture(int width, int height, long? unpacked = null)
    {
        return Stream($"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode", Packed(new byte[unpacked ?? 3L * width * height]));
    }

    private static byte[] Stream(string dictionary, ReadOnlySpan<byte> content) =>
        [.. Encoding.ASCII.GetBytes($"<< {dictionary} /Length {content.Length} >>\nstream\n"), .. content, .. "\nendstream"u8];

    private static byte[] Pages(int count) =>
        Document([Encoding.ASCII.GetBytes($"<< /Type /Pages /Count {count} /Kids [{string.Join(' ', Enumerable.Range(3, count).Select(i => $"{i} 0 R"))}] >>"), .. Enumerable.Repeat(Encoding.ASCII.GetBytes(Page + ">>"), count)]);

    /// <param name="objects">From number 4 on.</param>
    private static byte[] Pdf(string page, params byte[][] objects) => Document(["<< /Type /Pages /Kids [3 0 R] /Count 1 >>"u8.ToArray(), Encoding.ASCII.GetBytes(page), .. objects]);

    private static byte[] Document(IEnumerable<byte[]> objects)
    {
        using var pdf = new MemoryStream();
        void Write(string text) => pdf.Write(Encoding.ASCII.GetBytes(text));
        var places = new List<long>();
        Write("%PDF-1.4\n");
        foreach (var content in objects.Prepend("<< /Type /Catalog /Pages 2 0 R >>"u8.ToArray()))
        {
            places.Add(pdf.Position);
            Write($"{places.Count} 0 obj\n");
            pdf.Write(content);
            Write("\nendobj\n");
        }

        var table = pdf.Position;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(place => $"{place:0000000000} 00000 n \n"))}");
        Write($"trailer\n<< /Root 1 0 R /Size {places.Count + 1} >>\nstartxref\n{table}\n%%EOF");
        return pdf.ToArray();
    }
}
