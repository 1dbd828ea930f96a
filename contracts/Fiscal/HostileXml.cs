using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>Loads XML that nobody vouches for: UTF-8 only, no DTD, nothing fetched, bounded in every direction.</summary>
internal static class HostileXml
{
    internal const int MaxBytes = 5 * 1024 * 1024;
    private const int MaxDepth = 64;
    private const int MaxElements = 100_000;
    private const int MaxAttributesOfElement = 128;
    private const int MaxEqualsOfTag = 20_000;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static (XDocument? Document, CfdiUnreadable? Unreadable) Load(ReadOnlyMemory<byte> bytes)
    {
        if (NotXml.Recognise(bytes.Span) is { } other) return (null, other);
        try
        {
            var text = StrictUtf8.GetString(NotXml.WithoutBom(bytes.Span));
            if (HasEndlessTag(text)) return (null, TooMuch);
            if (Measure(text) is { } refused) return (null, refused);
            using var reader = Open(text);
            return (XDocument.Load(reader), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, new("codificacion", "El archivo no está en UTF-8, la codificación que exige el SAT."));
        }
        catch (XmlException e)
        {
            return (null, Malformed(e));
        }
    }

    /// <summary>Reads once without keeping anything, so that a document that is too much is refused before it takes memory.</summary>
    private static CfdiUnreadable? Measure(string text)
    {
        using var reader = Open(text);
        for (var elements = 0; reader.Read();)
        {
            if (reader.NodeType == XmlNodeType.XmlDeclaration && !DeclaresUtf8(reader))
                return new("codificacion", "El XML declara una codificación distinta de UTF-8.");
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.Depth >= MaxDepth || ++elements > MaxElements || reader.AttributeCount > MaxAttributesOfElement)
                return TooMuch;
        }

        return null;
    }

    // The reader hands over a tag only when it has all of it, and takes seconds for one with 400,000 attributes.
    private static bool HasEndlessTag(ReadOnlySpan<char> text)
    {
        foreach (var tag in text.Split('<'))
            if (text[tag].Count('=') > MaxEqualsOfTag) return true;
        return false;
    }

    private static bool DeclaresUtf8(XmlReader declaration) =>
        declaration.GetAttribute("encoding") is not { } name
        || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    // A text reader makes .NET ignore the declared encoding: what was decoded strictly is what is read.
    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MaxBytes,
        MaxCharactersFromEntities = 1024,
        CloseInput = true,
    });

    private static CfdiUnreadable TooMuch =>
        new("xml_demasiado_complejo", "El XML tiene una profundidad o cantidad de datos impropia de un CFDI.");

    private static CfdiUnreadable Malformed(XmlException e) =>
        e.Message.Contains("DTD", StringComparison.Ordinal)
            ? new("xml_prohibido", "El XML trae una declaración DOCTYPE, que un CFDI nunca lleva.")
            : new("xml_mal_formado", $"El XML está mal formado (línea {e.LineNumber}, posición {e.LinePosition}).");
}
