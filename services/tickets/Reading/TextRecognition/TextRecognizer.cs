namespace Invoicing.Tickets.Reading;

/// <summary>
/// Reads the rows of text on a photo with the local models. Thread-safe: photos over the limit wait for a free place.
/// A photo that lies on its side or upside down is turned first.
/// </summary>
/// <param name="parallel">Photos read at the same time; each takes about 150 MB while it is read.</param>
public sealed class TextRecognizer(OcrModels models, int parallel) : IDisposable
{
    /// <summary>Upright print is read with a mean of .9 and more; less may be upside down.</summary>
    private const float SureConfidence = .8f;

    private readonly SemaphoreSlim places = new(Math.Max(1, parallel));

    public TextRecognizer(OcrModels models) : this(models, Environment.ProcessorCount)
    {
    }

    /// <summary>The rows from top to bottom; empty when the photo has no text.</summary>
    public async Task<IReadOnlyList<TextRow>> ReadAsync(Photo photo, CancellationToken stop)
    {
        await places.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Rows.From(Read(photo, stop)), stop);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private List<TextPiece> Read(Photo photo, CancellationToken stop)
    {
        var boxes = LineDetector.Find(models, photo);
        if (!LiesOnItsSide(boxes))
        {
            return ReadUpright(photo, boxes, stop);
        }

        using var turned = photo.Turned(90);
        return ReadUpright(turned, LineDetector.Find(models, turned), stop);
    }

    private List<TextPiece> ReadUpright(Photo photo, List<TextBox> boxes, CancellationToken stop)
    {
        var pieces = ReadAll(photo, boxes, stop);
        if (pieces.Count > 0 && pieces.Average(piece => piece.Confidence) >= SureConfidence)
        {
            return Kept(pieces);
        }

        if (!IsUpsideDown(photo, boxes, stop))
        {
            return Kept(pieces);
        }

        using var turned = photo.Turned(180);
        return Kept(ReadAll(turned, LineDetector.Find(models, turned), stop));
    }

    private List<TextPiece> ReadAll(Photo photo, List<TextBox> boxes, CancellationToken stop)
    {
        var pieces = new List<TextPiece>(boxes.Count);
        foreach (var box in boxes)
        {
            stop.ThrowIfCancellationRequested();
            pieces.Add(LineRecogniser.Read(models, photo, box));
        }

        return pieces;
    }

    private static List<TextPiece> Kept(List<TextPiece> pieces) =>
        pieces.FindAll(piece => piece.Confidence >= LineRecogniser.MinConfidence && piece.Text.Length > 0);

    private bool IsUpsideDown(Photo photo, List<TextBox> boxes, CancellationToken stop)
    {
        var sample = boxes.OrderByDescending(box => box.Width * box.Height).Take(8).ToList();
        stop.ThrowIfCancellationRequested();
        return sample.Count > 0
            && sample.Average(box => LineRecogniser.Read(models, photo, box, upsideDown: true).Confidence)
                > sample.Average(box => LineRecogniser.Read(models, photo, box).Confidence);
    }

    private static bool LiesOnItsSide(List<TextBox> boxes) =>
        boxes.Where(box => box.Tall).Sum(box => box.Height) > boxes.Where(box => !box.Tall).Sum(box => box.Width);
}
