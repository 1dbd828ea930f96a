using System.Text;

namespace Invoicing.Fiscal;

/// <summary>Recognises what portals deliver instead of the XML, so that the reason names it.</summary>
internal static class NotXml
{
    private static ReadOnlySpan<byte> Utf8Bom => [0xEF, 0xBB, 0xBF];

    internal static CfdiUnreadable Html => new("es_html", "El portal entregó una página HTML en lugar del XML.");

    internal static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Utf8Bom) ? bytes[3..] : bytes;

    internal static CfdiUnreadable? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > HostileXml.MaxBytes) return new("demasiado_grande", "El archivo pasa de 5 MB.");
        if (IsUtf16Or32(bytes) || bytes.StartsWith("+/v"u8))
            return new("codificacion", "El archivo no está en UTF-8, la codificación que exige el SAT.");
        var start = WithoutBom(bytes).TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return new("vacio", "El archivo está vacío.");
        if (start.StartsWith("%PDF"u8)) return new("es_pdf", "Es un PDF, no el XML del CFDI.");
        if (start.StartsWith("PK\x03\x04"u8)) return new("es_zip", "Es un archivo ZIP; hay que extraer el XML que contiene.");
        if (start[0] is (byte)'{' or (byte)'[') return new("es_json", "Es una respuesta JSON del portal, no el XML del CFDI.");
        return IsHtml(start) ? Html : null;
    }

    private static bool IsUtf16Or32(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF])
        || bytes[..Math.Min(4, bytes.Length)].Contains((byte)0);

    private static bool IsHtml(ReadOnlySpan<byte> start)
    {
        var head = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 2048)]);
        if (head.StartsWith("<?xml", StringComparison.Ordinal))
            head = head[(head.IndexOf("?>", StringComparison.Ordinal) is var end and >= 0 ? end + 2 : 0)..].TrimStart();
        return head.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<head", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<body", StringComparison.OrdinalIgnoreCase);
    }
}
