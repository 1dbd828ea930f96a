using System.IO.Compression;
using Invoicing.Portals.Engine.Ledger;
using MimeKit;

namespace Invoicing.Portals.Engine.Mail;

/// <summary>Writes the letters as merchants' systems do.</summary>
internal static class Eml
{
    /// <param name="form">attachments, zip, nested_zip or pdf_only; anything else carries no file.</param>
    public static byte[] Write(string from, string to, string subject, string html, DateTimeOffset date, Emission? emission, string form)
    {
        using var message = Message(from, to, subject, date);
        var body = new BodyBuilder { HtmlBody = $"<html><body>{html}</body></html>", TextBody = "Este correo requiere un lector HTML." };
        if (emission is not null)
            foreach (var (name, type, content) in Files(emission, form)) body.Attachments.Add(name, content, ContentType.Parse(type));
        message.Body = body.ToMessageBody();
        return Bytes(message);
    }

    /// <summary>An answer of the help desk that carries the original e-mail, whose files are inside an archive inside an archive.</summary>
    public static byte[] Reply(string from, string to, string subject, DateTimeOffset date, byte[] original)
    {
        using var message = Message(from, to, $"RE: {subject}", date);
        using var inner = MimeMessage.Load(new MemoryStream(original));
        message.Body = new Multipart("mixed")
        {
            new TextPart("plain") { Text = "Estimado cliente, le reenviamos su comprobante. Saludos." },
            new MessagePart { Message = inner },
        };
        return Bytes(message);
    }

    private static MimeMessage Message(string from, string to, string subject, DateTimeOffset date)
    {
        var message = new MimeMessage { Subject = subject, Date = date.ToMexico() };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse(to));
        return message;
    }

    private static IEnumerable<(string Name, string Type, byte[] Content)> Files(Emission emission, string form)
    {
        var (name, pdf) = (emission.FileName, emission.Pdf.Value);
        if (form is "attachments" or "duplicate" or "other_taxpayer") yield return ($"{name}.xml", "application/xml", emission.Xml);
        if (form is "attachments" or "duplicate" or "other_taxpayer" or "pdf_only") yield return ($"{name}.pdf", "application/pdf", pdf);
        if (form == "zip") yield return ($"{name}.zip", "application/zip", Zip(($"{name}.xml", emission.Xml), ($"{name}.pdf", pdf)));
        if (form == "nested_zip")
            yield return ("factura.zip", "application/octet-stream", Zip(("cfdi.zip", Zip(($"{name}.xml", emission.Xml))), ($"{name}.pdf", pdf)));
    }

    private static byte[] Zip(params ReadOnlySpan<(string Name, byte[] Content)> files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return buffer.ToArray();
    }

    private static byte[] Bytes(MimeMessage message)
    {
        using var buffer = new MemoryStream();
        message.WriteTo(buffer);
        return buffer.ToArray();
    }
}
