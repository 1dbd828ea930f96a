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

    /// <summary>A piece read less surely is looked at again in other ways: 28 of 100 rows under this were not exact when measured.</summary>
    private const float SecondLook = .95f;

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
            return await Task.Run(() => Read(photo, stop), stop);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private List<TextRow> Read(Photo photo, CancellationToken stop)
    {
        var boxes = LineDetector.Find(models, photo);
        if (!LiesOnItsSide(boxes))
        {
            return ReadUpright(photo, boxes, 0, stop);
        }

        using var turned = photo.Turned(90);
        return ReadUpright(turned, LineDetector.Find(models, turned), 90, stop);
    }

    private List<TextRow> ReadUpright(Photo photo, List<TextBox> boxes, int turn, CancellationToken stop)
    {
        var pieces = ReadAll(photo, boxes, stop);
        if (pieces.Count > 0 && pieces.Average(piece => piece.Confidence) >= SureConfidence)
        {
            return RowsOf(photo, LookedAtAgain(photo, pieces, stop), turn);
        }

        if (!IsUpsideDown(photo, boxes, stop))
        {
            return RowsOf(photo, LookedAtAgain(photo, pieces, stop), turn);
        }

        using var turned = photo.Turned(180);
        return RowsOf(turned, LookedAtAgain(turned, ReadAll(turned, LineDetector.Find(models, turned), stop), stop), turn + 180);
    }

    private List<TextPiece> LookedAtAgain(Photo photo, List<TextPiece> pieces, CancellationToken stop)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Confidence < SecondLook)
            {
                stop.ThrowIfCancellationRequested();
                var second = LineRecogniser.Read(models, photo, pieces[i].Box, Look.Contrast);
                // Two that agree outvote a third.
                pieces[i] = Agreed(second.Text == pieces[i].Text ? [pieces[i], second] : [pieces[i], second, LineRecogniser.Read(models, photo, pieces[i].Box, Look.Wider)]);
            }
        }

        return pieces;
    }

    /// <summary>What most looks read, or the surest of them; what the others read is kept beside it.</summary>
    private static TextPiece Agreed(List<TextPiece> looks)
    {
        var readings = looks.Where(look => look.Text.Length > 0).GroupBy(look => look.Text).OrderByDescending(same => same.Sum(look => look.Confidence)).ToList();
        return readings.Count == 0
            ? looks[0]
            : looks[0] with { Text = readings[0].Key, Letters = readings[0].First().Letters, Confidence = readings[0].Max(look => look.Confidence), Doubts = [.. readings[0].SelectMany(look => look.Doubts).Distinct()], Traces = [.. looks.SelectMany(look => look.Traces)], Others = [.. readings.Skip(1).Where(same => same.Any(look => look.Confidence > LineRecogniser.MinConfidence)).Select(same => same.Key)] };
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

    private static List<TextRow> RowsOf(Photo photo, List<TextPiece> pieces, int turn) =>
        Rows.From(ZeroOrO.Told(photo, pieces).FindAll(piece => piece.Confidence >= LineRecogniser.MinConfidence && piece.Text.Length > 0), photo.Width, photo.Height, turn);

    private bool IsUpsideDown(Photo photo, List<TextBox> boxes, CancellationToken stop)
    {
        var sample = boxes.OrderByDescending(box => box.Width * box.Height).Take(8).ToList();
        stop.ThrowIfCancellationRequested();
        return sample.Count > 0
            && sample.Average(box => LineRecogniser.Read(models, photo, box, Look.UpsideDown).Confidence)
                > sample.Average(box => LineRecogniser.Read(models, photo, box).Confidence);
    }

    private static bool LiesOnItsSide(List<TextBox> boxes) =>
        boxes.Where(box => box.Tall).Sum(box => box.Height) > boxes.Where(box => !box.Tall).Sum(box => box.Width);
}
