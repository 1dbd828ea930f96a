using System.Text;
using SkiaSharp;

namespace Invoicing.Tickets.Reading.Tests;

public sealed class HostileImageTests
{
    [Test]
    public async Task A_photo_cut_off_half_way_is_refused_and_not_guessed_at()
    {
        var whole = Paper.Print(Tickets.Fuel);

        var reading = await Reader.ReadImage(whole[..(whole.Length / 2)]);

        Assert.That((reading.Readable, reading.Text, reading.Fields.Count), Is.EqualTo((false, "", 0)));
        Assert.That(reading.Reason, Does.Contain("dañada o incompleta"));
    }

    [Test]
    public async Task Bytes_that_only_begin_like_an_image_are_refused()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('x', 4000));
        new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.CopyTo(bytes, 0);

        Assert.That((await Reader.ReadImage(bytes)).Reason, Does.Contain("dañada"));
    }

    [Test]
    public async Task A_small_file_that_claims_a_huge_picture_is_refused_before_it_is_decoded() =>
        Assert.That((await Reader.ReadImage(Png.Claiming(20_000, 20_000))).Reason, Does.Contain("50 megapíxeles"));

    [TestCase("")]
    [TestCase("MZ this is a program, not an image")]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [TestCase("\0\0\0\u0018ftypheic\0\0\0\0")]
    public async Task What_is_no_image_is_refused(string content)
    {
        var reading = await Reader.ReadImage(Encoding.Latin1.GetBytes(content));

        Assert.That(reading.Readable, Is.False);
        Assert.That(reading.Reason, Is.Not.Null.And.Not.Empty);
    }

    [Test]
    public async Task A_blank_photo_has_no_text_and_says_so()
    {
        using var bitmap = new SKBitmap(800, 1200);
        bitmap.Erase(SKColors.Gainsboro);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        var reading = await Reader.ReadImage(data.ToArray());

        Assert.That((reading.Readable, reading.Fields.Count), Is.EqualTo((false, 0)));
        Assert.That(reading.Reason, Does.Contain("No se distingue texto"));
    }

    [Test]
    public async Task A_stamp_sized_picture_is_refused()
    {
        using var bitmap = new SKBitmap(60, 90);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        Assert.That((await Reader.ReadImage(data.ToArray())).Reason, Does.Contain("demasiado pequeña"));
    }
}
