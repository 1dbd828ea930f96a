using QRCoder;
using SkiaSharp;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>Prints a ticket to an image, as clean or as bad as asked.</summary>
internal static class Paper
{
    private static readonly string[] Fonts =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    ];

    public static byte[] Print(string text, float tilt = 0, float blur = 0, string? qr = null, int quality = 90)
    {
        using var page = Draw(text, tilt, blur, qr);
        using var data = page.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }

    public static byte[] Turned(byte[] image, int degrees)
    {
        using var photo = Photo.Open(image).Photo!;
        using var turned = photo.Turned(degrees);
        using var data = turned.Image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>On paper off the roll rows are arcs, so many pixels high.</summary>
    public static byte[] Curled(string text, float height)
    {
        const int strip = 4;
        using var flat = Draw(text, 0, 0, null);
        using var surface = SKSurface.Create(new SKImageInfo(flat.Width, flat.Height + (int)height));
        for (var x = 0; x < flat.Width; x += strip)
        {
            var y = height * (float)Math.Sin(Math.PI * x / flat.Width);
            surface.Canvas.DrawImage(flat, new SKRect(x, 0, x + strip, flat.Height), new SKRect(x, y, x + strip, y + flat.Height), new SKSamplingOptions(SKFilterMode.Linear));
        }

        using var photo = surface.Snapshot();
        using var data = photo.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private static SKImage Draw(string text, float tilt, float blur, string? qr)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        var (width, height) = (1100, 160 + (36 * lines.Count) + (qr is null ? 0 : 420));
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        var canvas = surface.Canvas;
        canvas.Clear(new SKColor(120, 110, 100));
        canvas.RotateDegrees(tilt, width / 2f, height / 2f);
        using var paper = new SKPaint { Color = new SKColor(244, 242, 236) };
        canvas.DrawRect(60, 20, width - 120, height - 40, paper);
        using var ink = new SKPaint { Color = new SKColor(40, 40, 45), IsAntialias = true, ImageFilter = blur > 0 ? SKImageFilter.CreateBlur(blur, blur) : null };
        using var font = new SKFont(Typeface(), 30);
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.DrawText(lines[i], 100, 80 + (36 * i), SKTextAlign.Left, font, ink);
        }

        if (qr is not null)
        {
            DrawQr(canvas, qr, 100 + (36 * lines.Count));
        }

        return surface.Snapshot();
    }

    private static void DrawQr(SKCanvas canvas, string text, float top)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        using var image = SKImage.FromEncodedData(png.GetGraphic(8));
        canvas.DrawImage(image, 350, top, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static SKTypeface Typeface() =>
        Fonts.FirstOrDefault(File.Exists) is { } file ? SKTypeface.FromFile(file) : throw new IgnoreException("No monospaced font is installed to print a ticket with.");
}
