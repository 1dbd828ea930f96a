namespace Invoicing.Fiscal;

/// <summary>One entry of an order table: what is written next to the cadena original. Paths are child names joined by '/', in the namespace of the element they start at.</summary>
internal abstract record CadenaStep
{
    /// <summary>An attribute. A required one that is missing still writes its separator; an optional one writes nothing.</summary>
    internal sealed record Attribute(string Name, bool Optional) : CadenaStep;

    /// <summary>The text of the first element at the path ("." is the element itself).</summary>
    internal sealed record Text(string Path, bool Optional) : CadenaStep;

    /// <summary>The steps, once for each element at the path.</summary>
    internal sealed record Each(string Path, CadenaStep[] Steps) : CadenaStep;

    /// <summary>Every child of the elements at the path is a complement with an order of its own.</summary>
    internal sealed record Complements(string Path) : CadenaStep;

    /// <summary>Attributes in order, separated by spaces; a trailing '?' marks an optional one.</summary>
    internal static CadenaStep[] Attributes(string names) =>
        [.. names.Split(' ').Select(name => new Attribute(name.TrimEnd('?'), name.EndsWith('?')))];

    internal static Each For(string path, string attributes, params CadenaStep[] then) =>
        new(path, [.. Attributes(attributes), .. then]);
}
