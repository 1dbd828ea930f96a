using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

/// <summary>Invoices that vary by seed: parts present or not, order of attributes shuffled, texts full of blanks and odd characters.</summary>
internal static class GeneratedCfdi
{
    private static readonly string[] Texts = ["", "A", "  dos  palabras ", "tab\tsalto\nretorno\rfin", "ñÑáü&<>\"'", "duro\u00A0espacio", "\u2003", "汉字 😀"];

    public static XDocument Make(int seed)
    {
        var random = new Random(seed);
        var document = Sample.Plain();
        foreach (var (xml, _, ofConcept) in Complements.All.Where(_ => random.Next(4) == 0)) Complements.Add(document.Root!, xml, ofConcept);
        // Only one ComplementoConcepto is kept, as in a real document, but all that was added stays in it.
        foreach (var concept in document.Descendants(Sample.Cfdi + "Concepto").ToList()) Merge(concept);
        foreach (var element in document.Descendants().ToList()) Disturb(element, random);
        return XDocument.Parse(document.ToString());
    }

    private static void Merge(XElement concept)
    {
        var all = concept.Elements(Sample.Cfdi + "ComplementoConcepto").ToList();
        foreach (var more in all.Skip(1))
        {
            all[0].Add(more.Elements());
            more.Remove();
        }
    }

    private static void Disturb(XElement element, Random random)
    {
        var attributes = element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToArray();
        random.Shuffle(attributes);
        foreach (var attribute in attributes) attribute.Remove();
        foreach (var attribute in attributes.Where(_ => random.Next(8) > 0))
            element.SetAttributeValue(attribute.Name, random.Next(3) == 0 ? Texts[random.Next(Texts.Length)] : attribute.Value);
        if (element.Name.LocalName is "Concepto" or "Traslado" or "Cargo" or "Leyenda" && random.Next(2) == 0)
            element.AddAfterSelf(new XElement(element));
    }
}
