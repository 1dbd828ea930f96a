using QRCoder;
using SkiaSharp;

namespace Invoicing.Portals.Engine.Print;

/// <summary>A photograph-like picture of a printed ticket: paper on a desk, slightly turned, uneven light, JPEG or PNG.</summary>
internal static class TicketPhoto
{
    private const int FontSize = 28;
    private const int LineHeight = 37;
    private const int Margin = 60;

    /// <param name="qr">Text of the QR code at the foot; null for none.</param>
    public static byte[] Take(IReadOnlyList<string> lines, string? qr, SKEncodedImageFormat format)
    {
        using var font = new SKFont(Fonts.Mono, FontSize);
        var paperWidth = (int)font.MeasureText(new string('0', Slip.Columns)) + (2 * Margin);
        var modules = qr is null ? null : Modules(qr);
        var paperHeight = (lines.Count * LineHeight) + (2 * Margin) + (modules is null ? 0 : QrSide(modules) + Margin);
        using var surface = SKSurface.Create(new SKImageInfo(paperWidth + 160, paperHeight + 160));
        var canvas = surface.Canvas;
        DrawDesk(canvas, paperWidth + 160, paperHeight + 160);
        canvas.Translate(80, 80);
        canvas.RotateDegrees(Chance.Between(-12, 12) / 10f, paperWidth / 2f, paperHeight / 2f);
        DrawPaper(canvas, paperWidth, paperHeight);
        DrawText(canvas, font, lines);
        if (modules is not null) DrawQr(canvas, modules, paperWidth, Margin + (lines.Count * LineHeight) + (Margin / 2));
        using var image = surface.Snapshot();
        using var bytes = image.Encode(format, 88);
        return bytes.ToArray();
    }

    private static void DrawDesk(SKCanvas canvas, int width, int height)
    {
        using var wood = new SKPaint();
        wood.Shader = SKShader.CreateLinearGradient(new(0, 0), new(width, height), [new(110, 84, 60), new(82, 62, 46)], SKShaderTileMode.Clamp);
        canvas.DrawRect(0, 0, width, height, wood);
    }

    private static void DrawPaper(SKCanvas canvas, int width, int height)
    {
        using var shadow = new SKPaint { Color = new SKColor(0, 0, 0, 90) };
        canvas.DrawRect(8, 10, width, height, shadow);
        using var paper = new SKPaint();
        paper.Shader = SKShader.CreateLinearGradient(new(0, 0), new(width, height), [new(250, 249, 244), new(226, 223, 214)], SKShaderTileMode.Clamp);
        canvas.DrawRect(0, 0, width, height, paper);
        using var speck = new SKPaint { Color = new SKColor(190, 186, 176) };
        for (var i = 0; i < 400; i++) canvas.DrawPoint(Chance.Between(0, width), Chance.Between(0, height), speck);
    }

    private static void DrawText(SKCanvas canvas, SKFont font, IReadOnlyList<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            // Thermal heads print some lines paler than others.
            var tone = (byte)Chance.Between(20, 60);
            using var ink = new SKPaint { IsAntialias = true, Color = new SKColor(tone, tone, (byte)(tone + 8)) };
            canvas.DrawText(lines[i], Margin, Margin + (LineHeight * (i + 1)) - 8, SKTextAlign.Left, font, ink);
        }
    }

    private static List<System.Collections.BitArray> Modules(string content)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        return data.ModuleMatrix;
    }

    private static int QrSide(List<System.Collections.BitArray> modules) => modules.Count * 7;

    private static void DrawQr(SKCanvas canvas, List<System.Collections.BitArray> modules, int paperWidth, int top)
    {
        using var ink = new SKPaint { Color = new SKColor(25, 25, 30) };
        var left = (paperWidth - QrSide(modules)) / 2f;
        for (var y = 0; y < modules.Count; y++)
            for (var x = 0; x < modules.Count; x++)
                if (modules[y][x]) canvas.DrawRect(left + (x * 7), top + (y * 7), 7.2f, 7.2f, ink);
    }
}
