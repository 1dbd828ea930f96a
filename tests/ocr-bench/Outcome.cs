using Invoicing.Tickets.Reading;

namespace Invoicing.OcrBench;

/// <summary>One field of one picture as one engine read it.</summary>
/// <param name="Key">Canonical name; of several accepted ones the first.</param>
internal sealed record FieldOutcome(string Key, string Expected, string? Value, double Confidence, IReadOnlyList<string> Alternatives)
{
    /// <summary>All accepted names, as the sample gives them.</summary>
    public string Keys { get; init; } = "";

    public bool Right => Value == Expected;

    public static FieldOutcome Of(string keys, string expected, IReadOnlyDictionary<string, ReadField> fields)
    {
        var names = keys.Split('|');
        var read = names.Select(name => fields.GetValueOrDefault(name)).OfType<ReadField>().OrderByDescending(field => field.Value == expected).FirstOrDefault();
        return new FieldOutcome(names[0], expected, read?.Value, read?.Confidence ?? 0, read?.Alternatives ?? []) { Keys = keys };
    }
}

/// <summary>One picture as one engine read it.</summary>
internal sealed record Outcome(string Engine, string Sample, string Set, string Layout, string Grade, double Seconds, IReadOnlyList<FieldOutcome> Fields, long PeakBytes)
{
    /// <summary>Everything that was read, to see why a field was missed.</summary>
    public string Text { get; init; } = "";

    /// <summary>The rows and codes of it, from which the fields can be understood again; of the other engine there are none.</summary>
    public IReadOnlyList<TextRow> Rows { get; init; } = [];

    public IReadOnlyList<ReadCode> Codes { get; init; } = [];

    /// <summary>The same print by the rules as they are now; a picture whose rows were not kept stays as it was.</summary>
    public Outcome UnderstoodAgain() => Rows.Count == 0 ? this
        : this with { Fields = Judged(ReceiptReader.Understood(Rows, Codes, certain: false).Fields) };

    private List<FieldOutcome> Judged(IReadOnlyDictionary<string, ReadField> fields) => [.. Fields.Select(field => FieldOutcome.Of(field.Keys, field.Expected, fields))];
}
