using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Invoicing.Tickets.Reading.Tests;

public sealed class PdfTicketTests
{
    [Test]
    public async Task The_text_of_a_PDF_is_taken_as_it_is()
    {
        var reading = await Read(Written(Tickets.Fuel));

        Assert.Multiple(() =>
        {
            Assert.That(reading.Readable, Is.True, reading.Reason);
            Assert.That(FieldExtractionTests.Value(reading, "total"), Is.EqualTo("1045.96"));
            Assert.That(FieldExtractionTests.Value(reading, "web_id"), Is.EqualTo("U192XDHM"));
            Assert.That(reading.Fields["web_id"].Alternatives, Is.Empty);
        });
    }

    [Test]
    public async Task A_scanned_PDF_is_read_like_a_photo()
    {
        var builder = new PdfDocumentBuilder();
        var page = builder.AddPage(PageSize.A4);
        page.AddJpeg(Paper.Print(Tickets.Pharmacy), new PdfRectangle(50, 50, 500, 500));

        var reading = await Read(builder.Build());

        Assert.That((FieldExtractionTests.Value(reading, "total"), FieldExtractionTests.Value(reading, "fecha")), Is.EqualTo(("191.90", "2026-07-14")));
    }

    [Test]
    public async Task A_report_of_many_pages_is_no_ticket()
    {
        var builder = new PdfDocumentBuilder();
        for (var i = 0; i < 12; i++)
        {
            builder.AddPage(PageSize.A4);
        }

        Assert.That((await Read(builder.Build())).Reason, Does.Contain("12 páginas"));
    }

    [TestCase("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF")]
    [TestCase("%PDF-1.4 nothing else")]
    [TestCase("<html>no es un PDF</html>")]
    [TestCase("")]
    public async Task A_broken_PDF_is_refused_with_a_reason(string content)
    {
        var reading = await Read(Encoding.ASCII.GetBytes(content));

        Assert.That(reading.Readable, Is.False);
        Assert.That(reading.Reason, Does.Contain("PDF"));
    }

    [Test]
    public async Task A_PDF_cut_off_half_way_never_throws()
    {
        var whole = Written(Tickets.Fuel);

        foreach (var length in new[] { 100, whole.Length / 3, whole.Length / 2, whole.Length - 20 })
        {
            var reading = await Read(whole[..length]);
            Assert.That(reading.Readable || reading.Reason is not null);
        }
    }

    [Test]
    public async Task A_PDF_that_unpacks_to_gigabytes_is_refused()
    {
        var before = GC.GetTotalAllocatedBytes();

        var reading = await Read(Bomb());

        Assert.That((reading.Readable, reading.Reason), Is.EqualTo((false, "El PDF dibuja mucho más de lo que cabe en un ticket. Envíe una fotografía del ticket.")));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(300_000_000));
    }

    /// <summary>A page whose contents are 2 GB of blanks, packed to 2 MB.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var blanks = Enumerable.Repeat((byte)' ', 1_000_000).ToArray();
            for (var i = 0; i < 2_000; i++)
            {
                zlib.Write(blanks);
            }
        }

        var head = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
            + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>\nendobj\n"
            + $"4 0 obj\n<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n";
        return [.. Encoding.ASCII.GetBytes(head), .. packed.ToArray(), .. Encoding.ASCII.GetBytes("\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF")];
    }

    private static Task<TicketReading> Read(byte[] bytes) => Reader.Receipts.ReadAsync(bytes, TicketForm.Pdf, CancellationToken.None);

    private static byte[] Written(string text)
    {
        var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Courier);
        var page = builder.AddPage(PageSize.A4);
        var top = 800d;
        foreach (var line in text.Split('\n'))
        {
            if (line.Trim().Length > 0)
            {
                page.AddText(line.TrimEnd(), 10, new PdfPoint(40, top), font);
            }

            top -= 14;
        }

        return builder.Build();
    }
}
