using System.Text;
using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>Walks an element by an order table and writes the cadena; remembers every part it has no order for.</summary>
internal sealed class CadenaWriter
{
    private static readonly char[] XmlSpaces = [' ', '\t', '\r', '\n'];
    private readonly StringBuilder text = new("|");
    private readonly List<string> unknown = [];

    internal IReadOnlyList<string> Unknown => unknown;

    public override string ToString() => $"{text}||";

    internal void Write(XElement at, CadenaStep[] steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case CadenaStep.Attribute attribute:
                    Add(at.Attribute(attribute.Name)?.Value, attribute.Optional);
                    break;
                case CadenaStep.Text element:
                    Add(At(at, element.Path).FirstOrDefault()?.Value, element.Optional);
                    break;
                case CadenaStep.Each each:
                    foreach (var child in At(at, each.Path)) Write(child, each.Steps);
                    break;
                case CadenaStep.Complements complements:
                    foreach (var child in At(at, complements.Path).Elements()) WriteComplement(child);
                    break;
            }
        }
    }

    /// <summary>White space as SAT's stylesheet leaves it: none at the ends, one blank between words; a hard space is no white space.</summary>
    internal static string Normalise(string value) =>
        string.Join(' ', value.Split(XmlSpaces, StringSplitOptions.RemoveEmptyEntries));

    private void WriteComplement(XElement complement)
    {
        var steps = ComplementOrder.Of(complement.Name);
        // SAT's stylesheet would copy loose text inside a timbre into the cadena; nobody stamps such a thing.
        if (steps is null || (steps.Length == 0 && !string.IsNullOrWhiteSpace(complement.Value)))
            unknown.Add($"{{{complement.Name.NamespaceName}}}{complement.Name.LocalName}");
        else
            Write(complement, steps);
    }

    private void Add(string? value, bool optional)
    {
        if (value is null && optional) return;
        text.Append('|').Append(Normalise(value ?? ""));
    }

    private static IEnumerable<XElement> At(XElement start, string path)
    {
        IEnumerable<XElement> found = [start];
        return path == "." ? found : path.Split('/').Aggregate(found, (at, name) => at.Elements(start.Name.Namespace + name));
    }
}
