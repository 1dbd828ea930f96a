using Invoicing.Portals.Engine.Print;
using SkiaSharp;

namespace Invoicing.Portals.Engine.Captcha;

/// <summary>Five characters, each turned and shifted, crossed by lines and specks: legible for a person.</summary>
internal static class CaptchaPicture
{
    private const int Width = 200;
    private const int Height = 60;

    public static byte[] Draw(string text)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height));
        var canvas = surface.Canvas;
        canvas.Clear(new SKColor(236, 240, 228));
        using var font = new SKFont(Fonts.Bold, 36);
        for (var i = 0; i < text.Length; i++) DrawCharacter(canvas, font, text[i], 16 + (36 * i));
        DrawNoise(canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void DrawCharacter(SKCanvas canvas, SKFont font, char character, int x)
    {
        using var ink = new SKPaint { IsAntialias = true, Color = new SKColor(Shade(), Shade(), (byte)(Shade() + 40)) };
        canvas.Save();
        canvas.Translate(x, 42 + Chance.Between(-6, 6));
        canvas.RotateDegrees(Chance.Between(-22, 22));
        canvas.Skew(Chance.Between(-20, 20) / 100f, 0);
        canvas.DrawText(character.ToString(), 0, 0, SKTextAlign.Left, font, ink);
        canvas.Restore();
    }

    private static void DrawNoise(SKCanvas canvas)
    {
        using var pen = new SKPaint { IsAntialias = true, StrokeWidth = 1.4f, Style = SKPaintStyle.Stroke, Color = new SKColor(90, 110, 120) };
        for (var i = 0; i < 4; i++)
            canvas.DrawLine(0, Chance.Between(5, Height - 5), Width, Chance.Between(5, Height - 5), pen);
        for (var i = 0; i < 120; i++)
            canvas.DrawPoint(Chance.Between(0, Width), Chance.Between(0, Height), pen);
    }

    private static byte Shade() => (byte)Chance.Between(10, 80);
}
