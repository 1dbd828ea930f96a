using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>
/// Every element and attribute of the CFDI namespace is where Anexo 20 puts it, as often as it may be there, in the form it
/// must have. Nothing unsigned can hide: an element nobody knows is refused. Complements' insides and the Addenda are not judged.
/// </summary>
internal static class StructureCheck
{
    private const int MaxProblems = 5;
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    internal static CfdiCheck Of(Cfdi cfdi)
    {
        var problems = Problems(cfdi.Root, CfdiShape.Comprobante).Take(MaxProblems).ToList();
        return CfdiCheck.If(
            "estructura", problems.Count == 0, "La estructura es la del CFDI 4.0.", $"La estructura no es la del CFDI 4.0: {string.Join("; ", problems)}.");
    }

    private static IEnumerable<string> Problems(XElement at, CfdiShape shape) =>
        OfAttributes(at, shape).Concat(shape.Open ? OfOpen(at) : OfChildren(at, shape));

    private static IEnumerable<string> OfAttributes(XElement at, CfdiShape shape)
    {
        foreach (var name in shape.Required)
            if (at.Get(name).Length == 0) yield return $"falta {shape.Name}/{name}";
        foreach (var attribute in at.Attributes())
        {
            if (attribute.IsNamespaceDeclaration || attribute.Name.Namespace == Instance) continue;
            var name = attribute.Name.LocalName;
            var known = attribute.Name.NamespaceName.Length == 0 && (shape.Required.Contains(name) || shape.Optional.Contains(name));
            if (!known) yield return $"{shape.Name} lleva un atributo que no existe: {Safe.Name(name)}";
            else if (!CfdiValueRules.Accepts(name, attribute.Value)) yield return $"{shape.Name}/{name} no tiene la forma debida";
        }
    }

    private static IEnumerable<string> OfChildren(XElement at, CfdiShape shape)
    {
        if (at.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value)))
            yield return $"{shape.Name} lleva texto suelto";
        foreach (var child in shape.Children)
        {
            var found = at.Elements(CfdiNamespaces.Cfdi + child.Name).ToList();
            if (found.Count < child.Min) yield return $"falta {shape.Name}/{child.Name}";
            if (found.Count > child.Max) yield return $"{shape.Name}/{child.Name} aparece {found.Count} veces";
            foreach (var problem in found.SelectMany(element => Problems(element, child))) yield return problem;
        }

        foreach (var stranger in at.Elements().Where(element => !IsKnown(element, shape)))
            yield return $"{shape.Name} lleva un elemento que no existe: {Safe.Name(stranger.Name.LocalName)}";
    }

    private static IEnumerable<string> OfOpen(XElement at)
    {
        if (at.Name.LocalName == "Addenda") yield break;
        if (at.Descendants().Any(element => element.Name.Namespace == CfdiNamespaces.Cfdi))
            yield return $"{at.Name.LocalName} esconde elementos del comprobante";
        if (at.Descendants().Attributes().Any(attribute => !attribute.IsNamespaceDeclaration && attribute.Value.Contains('|')))
            yield return $"{at.Name.LocalName} lleva el carácter | en un dato";
    }

    private static bool IsKnown(XElement element, CfdiShape parent) =>
        element.Name.Namespace == CfdiNamespaces.Cfdi && parent.Children.Any(child => child.Name == element.Name.LocalName);
}
