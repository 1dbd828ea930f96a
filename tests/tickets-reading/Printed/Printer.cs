using QRCoder;
using SkiaSharp;

namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>Puts a slip on paper, as a thermal or needle printer does: one type, one colour, worn heads.</summary>
internal static class Printer
{
    private const int Margin = 36;

    /// <summary>Monospaced types of Debian packages that look like what tills print; those installed are used.</summary>
    private static readonly string[] Faces =
    [
        "dejavu/DejaVuSansMono.ttf", "dejavu/DejaVuSansMono-Bold.ttf", "liberation/LiberationMono-Regular.ttf", "liberation/LiberationMono-Bold.ttf", "freefont/FreeMono.ttf", "freefont/FreeMonoBold.ttf",
        "hack/Hack-Regular.ttf", "anonymous-pro/Anonymous Pro.ttf", "courier-prime/CourierPrime-Regular.ttf", "courier-prime/CourierPrime-Bold.ttf", "3270/3270-Regular.otf", "3270/3270-Regular.ttf", "b612/B612Mono-Regular.ttf", "noto/NotoMono-Regular.ttf",
        "inconsolata/Inconsolata.otf", "ocr-b/OCRB.otf",
    ];

    public static IReadOnlyList<string> Installed { get; } =
    [
        .. new[] { "/usr/share/fonts/truetype", "/usr/share/fonts/opentype" }.SelectMany(root => Faces.Select(face => Path.Combine(root, face))).Where(File.Exists),
    ];

    /// <param name="ink">0 black to 1 gone.</param>
    /// <param name="wear">0 a new print head to 1 one with many dead points.</param>
    public static SKBitmap Print(Slip slip, Random random, double ink, double wear)
    {
        var size = random.Next(22, 33);
        using var face = SKTypeface.FromFile(Installed[random.Next(Installed.Count)]);
        using var font = new SKFont(face, size) { Edging = SKFontEdging.Antialias };
        font.ScaleX = .8f + (float)(random.NextDouble() * .25);
        var cell = font.MeasureText("0");
        var leading = size * (1.15f + (float)(random.NextDouble() * .35));
        var width = (2 * Margin) + (int)(cell * slip.Columns);
        var height = (2 * Margin) + (int)slip.Parts.Sum(part => HeightOf(part, leading));
        var paper = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(paper);
        canvas.Clear(new SKColor(250, 249, (byte)random.Next(236, 250)));
        var shade = (byte)(25 + (190 * ink));
        using var pen = new SKPaint { Color = new SKColor(shade, shade, (byte)Math.Min(255, shade + random.Next(0, 25))), IsAntialias = true };
        var y = (float)Margin;
        foreach (var part in slip.Parts)
        {
            Draw(canvas, part, font, size, pen, y + leading, width);
            y += HeightOf(part, leading);
        }

        Wear(canvas, random, wear, width, height);
        return paper;
    }

    private static float HeightOf(SlipPart part, float leading) => part switch
    {
        SlipPart.Line line => leading * line.Scale,
        SlipPart.Qr => 260,
        _ => 120,
    };

    private static void Draw(SKCanvas canvas, SlipPart part, SKFont font, float size, SKPaint pen, float y, int width)
    {
        switch (part)
        {
            case SlipPart.Line line:
                font.Size = size * line.Scale;
                font.Embolden = line.Bold;
                canvas.DrawText(line.Text, Margin, y + (font.Size - size), SKTextAlign.Left, font, pen);
                font.Size = size;
                font.Embolden = false;
                break;
            case SlipPart.Qr qr:
                using (var generator = new QRCodeGenerator())
                using (var code = generator.CreateQrCode(qr.Text, QRCodeGenerator.ECCLevel.M))
                using (var png = new PngByteQRCode(code))
                using (var image = SKImage.FromEncodedData(png.GetGraphic(6)))
                {
                    canvas.DrawImage(image, new SKRect((width - 230) / 2f, y - size, ((width - 230) / 2f) + 230, y - size + 230), new SKSamplingOptions(SKFilterMode.Nearest));
                }

                break;
            case SlipPart.Bar bar:
                Bars(canvas, bar.Text, pen, y - size, width);
                break;
        }
    }

    private static void Bars(SKCanvas canvas, string text, SKPaint pen, float top, int width)
    {
        var widths = Code128.Of(text).ToList();
        var module = Math.Max(1, (width - (2 * Margin)) / widths.Sum());
        var x = (width - (module * widths.Sum())) / 2f;
        for (var i = 0; i < widths.Count; i++)
        {
            if (i % 2 == 0)
            {
                canvas.DrawRect(x, top, module * widths[i], 90, pen);
            }

            x += module * widths[i];
        }
    }

    /// <summary>Dead points of the head leave fine white lines down the whole slip; a weak roll leaves pale bands across it.</summary>
    private static void Wear(SKCanvas canvas, Random random, double wear, int width, int height)
    {
        using var blank = new SKPaint { Color = new SKColor(250, 249, 244, (byte)(120 + (120 * wear))) };
        for (var i = 0; i < (int)(wear * 9); i++)
        {
            canvas.DrawRect(random.Next(width), 0, 1 + random.Next(2), height, blank);
        }

        using var pale = new SKPaint { Color = new SKColor(250, 249, 244, (byte)(110 * wear)) };
        for (var i = 0; i < (int)(wear * 4); i++)
        {
            canvas.DrawRect(0, random.Next(height), width, 6 + random.Next(40), pale);
        }
    }
}
