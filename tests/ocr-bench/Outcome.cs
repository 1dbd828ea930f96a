using Invoicing.Tickets.Reading;

namespace Invoicing.OcrBench;

/// <summary>One field of one picture as one engine read it.</summary>
/// <param name="Key">Canonical name; of several accepted ones the first.</param>
internal sealed record FieldOutcome(string Key, string Expected, string? Value, double Confidence, IReadOnlyList<string> Alternatives)
{
    public bool Right => Value == Expected;

    public static FieldOutcome Of(string keys, string expected, IReadOnlyDictionary<string, ReadField> fields)
    {
        var names = keys.Split('|');
        var read = names.Select(name => fields.GetValueOrDefault(name)).OfType<ReadField>().OrderByDescending(field => field.Value == expected).FirstOrDefault();
        return new FieldOutcome(names[0], expected, read?.Value, read?.Confidence ?? 0, read?.Alternatives ?? []);
    }
}

/// <summary>One picture as one engine read it.</summary>
internal sealed record Outcome(string Engine, string Sample, string Set, string Layout, string Grade, double Seconds, IReadOnlyList<FieldOutcome> Fields, long PeakBytes)
{
    /// <summary>Everything that was read, to see why a field was missed.</summary>
    public string Text { get; init; } = "";
}
