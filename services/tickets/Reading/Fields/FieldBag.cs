namespace Invoicing.Tickets.Reading;

/// <summary>The fields found so far.</summary>
internal sealed class FieldBag
{
    private readonly Dictionary<string, ReadField> fields = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ReadField> Fields => fields;

    public ReadField? this[string key] => fields.GetValueOrDefault(key);

    public void Set(string key, string value, double confidence, IReadOnlyList<string>? alternatives = null) =>
        fields[key] = new ReadField(value, Math.Round(Math.Clamp(confidence, 0, 1), 3), [.. (alternatives ?? []).Where(other => other != value).Distinct()]);

    /// <summary>Sets a field that nothing better has set before.</summary>
    public void SetIfAbsent(string key, string value, double confidence, IReadOnlyList<string>? alternatives = null)
    {
        if (!fields.ContainsKey(key))
        {
            Set(key, value, confidence, alternatives);
        }
    }
}
