using SkiaSharp;

namespace Invoicing.Tickets.Reading.Tests;

public sealed class CaptchaReaderTests
{
    private readonly OcrModels models = new();

    [OneTimeTearDown]
    public void Close() => models.Dispose();

    [TestCase("XK7PD")]
    [TestCase("4471")]
    public void A_plain_picture_of_a_code_is_read(string code) => Assert.That(new CaptchaReader(models).Read(Drawn(code, 0)), Is.EqualTo(code));

    [Test]
    public void What_nobody_can_read_is_a_person_s()
    {
        Assert.That(new CaptchaReader(models).Read(Drawn("", 4000)), Is.Null);
        Assert.That(new CaptchaReader(models).Read("<svg/>"u8), Is.Null);
        Assert.That(new CaptchaReader(models).Read([]), Is.Null);
        Assert.That(new CaptchaReader(models).Read(Drawn("XK7PD", 0, width: 1600)), Is.Null, "no captcha is so large");
    }

    private static byte[] Drawn(string code, int specks, int width = 200)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, 60));
        surface.Canvas.Clear(SKColors.White);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var font = new SKFont(SKTypeface.FromFile("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"), 38);
        surface.Canvas.DrawText(code, 16, 44, SKTextAlign.Left, font, ink);
        var random = new Random(7);
        for (var i = 0; i < specks; i++)
        {
            surface.Canvas.DrawPoint(random.Next(width), random.Next(60), ink);
        }

        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
