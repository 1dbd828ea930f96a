using System.IO.Compression;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Engine;

/// <summary>Hands out a CFDI's files to the session that may have them.</summary>
public sealed class Delivery(SimulatedClock clock)
{
    private const string NotAPage = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Ocurri&oacute; un error al generar el archivo</h1></body></html>";

    /// <param name="fileName">Name of the attachment, with or without extension as the portal has it.</param>
    public IResult Xml(Visit visit, Guid id, string fileName)
    {
        if (!visit.Session.Emissions.TryGetValue(id, out var emission)) return Gone();
        if (visit.Strike("html_as_xml", emission.Ticket) is not null)
            return Results.File(System.Text.Encoding.UTF8.GetBytes(NotAPage), "application/xml", fileName);
        if (!XmlReady(emission)) return Plain("El archivo XML aún se está generando, estará disponible en unos minutos.");
        return Results.File(emission.Xml, "application/xml", fileName);
    }

    /// <param name="fileName">Null shows the PDF in the browser instead of downloading it.</param>
    public static IResult Pdf(Visit visit, Guid id, string? fileName) =>
        visit.Session.Emissions.TryGetValue(id, out var emission) ? Results.File(emission.Pdf.Value, "application/pdf", fileName) : Gone();

    /// <summary>XML and PDF in one archive; the PDF alone while the XML is not there.</summary>
    public IResult Zip(Visit visit, Guid id, string fileName)
    {
        if (!visit.Session.Emissions.TryGetValue(id, out var emission)) return Gone();
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (visit.Strike("html_as_xml", emission.Ticket) is not null) Put(zip, $"{emission.FileName}.xml", System.Text.Encoding.UTF8.GetBytes(NotAPage));
            else if (XmlReady(emission)) Put(zip, $"{emission.FileName}.xml", emission.Xml);
            Put(zip, $"{emission.FileName}.pdf", emission.Pdf.Value);
        }

        return Results.File(buffer.ToArray(), "application/zip", fileName);
    }

    private bool XmlReady(Emission emission) => emission.XmlFrom is not { } from || from <= clock.GetUtcNow();

    private static void Put(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static IResult Gone() => Plain("Su sesión ha expirado o el comprobante no existe.", 404);

    private static IResult Plain(string text, int status = 200) =>
        Results.Content($"<!DOCTYPE html><html lang=\"es\"><head><meta charset=\"utf-8\"><title>Descarga</title></head><body><p>{text}</p></body></html>", "text/html; charset=utf-8", statusCode: status);
}
