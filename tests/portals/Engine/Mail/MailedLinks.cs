using System.Collections.Concurrent;
using Invoicing.Portals.Engine.Ledger;

namespace Invoicing.Portals.Engine.Mail;

/// <summary>Addresses that give a file to whoever has them, until they expire.</summary>
public sealed class MailedLinks(SimulatedClock clock)
{
    private readonly ConcurrentDictionary<string, (Emission Emission, bool Xml, DateTimeOffset Until)> _links = new();

    /// <summary>A token for the XML or the PDF, good for <paramref name="life"/> from <paramref name="from"/>.</summary>
    public string Make(Emission emission, bool xml, DateTimeOffset from, TimeSpan life)
    {
        var token = Chance.Hex(40);
        _links[token] = (emission, xml, from + life);
        return token;
    }

    public IResult Follow(string token)
    {
        if (!_links.TryGetValue(token, out var link)) return Page("El enlace no es válido.", 404);
        if (link.Until < clock.GetUtcNow()) return Page("El enlace ha expirado. Solicite nuevamente su factura.", 410);
        return link.Xml
            ? Results.File(link.Emission.Xml, "application/xml", $"{link.Emission.FileName}.xml")
            : Results.File(link.Emission.Pdf.Value, "application/pdf", $"{link.Emission.FileName}.pdf");
    }

    public void Clear() => _links.Clear();

    private static IResult Page(string text, int status) => Results.Content(
        $"<!DOCTYPE html><html lang=\"es\"><head><meta charset=\"utf-8\"><title>Descarga</title></head><body><p>{text}</p></body></html>", "text/html; charset=utf-8", statusCode: status);
}
