using Microsoft.ML.OnnxRuntime;

namespace Invoicing.Tickets.Reading;

/// <summary>Finds where text is on a photo (PP-OCRv4 detector).</summary>
internal static class LineDetector
{
    /// <summary>Measured optimum: larger inputs cost more and read worse.</summary>
    private const int LongSide = 960;

    private static readonly float[] Mean = [.485f, .456f, .406f];
    private static readonly float[] Deviation = [.229f, .224f, .225f];

    public static List<TextBox> Find(OcrModels models, Photo photo)
    {
        var scale = Math.Min(1f, (float)LongSide / Math.Max(photo.Width, photo.Height));
        var (width, height) = (Multiple(photo.Width * scale), Multiple(photo.Height * scale));
        using var input = OrtValue.CreateTensorValueFromMemory(Planes(photo.Resized(width, height)), [1, 3, height, width]);
        using var run = OcrModels.GivingBack();
        using var output = models.Detector.Run(run, models.Detector.InputNames, [input], models.Detector.OutputNames);
        var map = new ScoreMap(output[0].GetTensorDataAsSpan<float>().ToArray(), width, height);
        return [.. map.Boxes().Select(box => box.Scaled((float)photo.Width / width, (float)photo.Height / height))];
    }

    /// <summary>The network halves its input five times.</summary>
    private static int Multiple(float side) => Math.Max(32, (int)MathF.Round(side / 32) * 32);

    private static float[] Planes(byte[] bgra)
    {
        var count = bgra.Length / 4;
        var planes = new float[3 * count];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var i = 0; i < count; i++)
            {
                planes[(channel * count) + i] = ((bgra[(4 * i) + channel] / 255f) - Mean[channel]) / Deviation[channel];
            }
        }

        return planes;
    }
}
