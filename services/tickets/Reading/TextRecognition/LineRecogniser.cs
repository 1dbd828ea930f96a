using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace Invoicing.Tickets.Reading;

/// <summary>How a piece is looked at.</summary>
internal enum Look
{
    Plain,

    /// <summary>As it looks when the photo is turned by 180 degrees.</summary>
    UpsideDown,

    /// <summary>Faded print made dark.</summary>
    Contrast,

    /// <summary>With more paper round it.</summary>
    Wider,
}

/// <summary>Reads one piece of text (PP-OCRv4 recogniser): cut out, levelled to 48 pixels high, decoded.</summary>
internal static class LineRecogniser
{
    public const int LineHeight = 48;
    private const int MinWidth = 320;
    public const int MaxWidth = 3200;
    private const int StripWidth = 32;

    /// <summary>Pixels of the row that one step of the recogniser's answer stands for.</summary>
    private const float StepWidth = 8;

    /// <summary>Pieces under this score are noise: stamps, folds, logos.</summary>
    public const float MinConfidence = .4f;

    public static TextPiece Read(OcrModels models, Photo photo, TextBox box, Look look = Look.Plain)
    {
        var content = Math.Clamp((int)MathF.Ceiling(LineHeight * box.Width / MathF.Max(box.Height, 1)), 8, MaxWidth);
        var width = Math.Max(MinWidth, (content + 7) / 8 * 8);
        var frame = look == Look.Wider ? box.Grown(box.Height * .1f) : box;
        var cut = Cut(photo, frame, content, look == Look.UpsideDown);
        var planes = Planes(look == Look.Contrast ? Stretched(cut) : cut, content, width);
        using var input = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, LineHeight, width]);
        using var run = new RunOptions();
        using var output = models.Recogniser.Run(run, models.Recogniser.InputNames, [input], models.Recogniser.OutputNames);
        var (text, confidence, doubts, steps, trace) = models.Alphabet.Decode(output[0].GetTensorDataAsSpan<float>());
        var lead = text.Length - text.TrimStart().Length;
        return new TextPiece(box, text.Trim(), confidence, [])
        {
            Doubts = doubts,
            Traces = [trace],
            Letters = [.. steps.Skip(lead).Select(step => (((step + .5f) * StepWidth / content) - .5f) * frame.Width)],
        };
    }

    /// <summary>The darkest twentieth becomes black, the brightest half white: faded print comes back.</summary>
    private static byte[] Stretched(byte[] bgra)
    {
        var sorted = new byte[bgra.Length / 4];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = bgra[(4 * i) + 1];
        }

        Array.Sort(sorted);
        var (dark, bright) = ((int)sorted[sorted.Length / 20], (int)sorted[sorted.Length / 2]);
        for (var i = 0; i < bgra.Length; i++)
        {
            bgra[i] = (byte)Math.Clamp((bgra[i] - dark) * 255 / Math.Max(16, bright - dark), 0, 255);
        }

        return bgra;
    }

    /// <summary>A piece laid level, <see cref="LineHeight"/> pixels high (BGRA).</summary>
    public static byte[] Cut(Photo photo, TextBox box, int width, bool upsideDown = false)
    {
        using var target = new SKBitmap(new SKImageInfo(width, LineHeight, SKColorType.Bgra8888, SKAlphaType.Premul));
        using (var canvas = new SKCanvas(target))
        {
            canvas.Clear(SKColors.White);
            canvas.Translate(width / 2f, LineHeight / 2f);
            canvas.Scale(width / box.Width, LineHeight / box.Height);
            canvas.RotateDegrees(upsideDown ? 180 : 0);
            var strips = box.Curve == 0 ? 1 : (width + StripWidth - 1) / StripWidth;
            for (var i = 0; i < strips; i++)
            {
                DrawStrip(canvas, photo, box, box.Width * (((float)i / strips) - .5f), box.Width / strips);
            }
        }

        return target.Bytes;
    }

    /// <summary>A strip of a bent row, laid straight: over its short length the bend is a slope.</summary>
    private static void DrawStrip(SKCanvas canvas, Photo photo, TextBox box, float from, float length)
    {
        canvas.Save();
        canvas.ClipRect(new SKRect(from, -box.Height, from + length, box.Height));
        var middle = from + (length / 2);
        canvas.Concat(new SKMatrix(1, 0, 0, -2 * box.Curve * middle, 1, box.Curve * middle * middle, 0, 0, 1));
        canvas.RotateRadians(-box.Angle);
        canvas.Translate(-box.X, -box.Y);
        canvas.DrawImage(photo.Image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Restore();
    }

    /// <summary>Blue, green and red planes from -1 to 1; what is right of the text stays 0.</summary>
    private static float[] Planes(byte[] bgra, int content, int width)
    {
        var planes = new float[3 * LineHeight * width];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var y = 0; y < LineHeight; y++)
            {
                var row = ((channel * LineHeight) + y) * width;
                for (var x = 0; x < content; x++)
                {
                    planes[row + x] = (bgra[(4 * ((y * content) + x)) + channel] / 127.5f) - 1;
                }
            }
        }

        return planes;
    }
}
