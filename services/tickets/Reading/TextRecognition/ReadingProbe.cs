namespace Invoicing.Tickets.Reading;

/// <summary>One printed row, found and read by both models as those of a ticket are: what health asks of them.</summary>
internal static class ReadingProbe
{
    /// <summary>No letter that another looks like; the models see the gap between the words or do not.</summary>
    private const string Printed = "FACTURA2374";

    /// <exception cref="InvalidOperationException">The models read something else.</exception>
    public static void Read(OcrModels models)
    {
        using var stream = typeof(ReadingProbe).Assembly.GetManifestResourceStream("probe.png")!;
        var picture = new byte[stream.Length];
        stream.ReadExactly(picture);
        var (opened, reason) = Photo.Open(picture);
        using var photo = opened ?? throw new InvalidOperationException(reason);
        var read = string.Concat(LineDetector.Find(models, photo).OrderBy(box => box.Left).Select(box => LineRecogniser.Read(models, photo, box).Text)).Replace(" ", "", StringComparison.Ordinal);
        if (read != Printed)
        {
            throw new InvalidOperationException($"The models read «{read}» where «{Printed}» is printed.");
        }
    }
}
