using System.IO.Compression;
using System.Text;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

public sealed class DeliveryTests
{
    [Test]
    public void A_page_called_xml_is_refused()
    {
        var judged = Judge(Encoding.UTF8.GetBytes("<!DOCTYPE html><html><body>Su sesión expiró</body></html>"), "factura.xml");

        Assert.That((judged[0].Kind, judged[0].Reason), Is.EqualTo((FileKind.Refused, "El portal entregó una página HTML en lugar del XML.")));
    }

    [Test]
    public void An_XML_whose_seal_does_not_hold_is_refused()
    {
        var judged = Judge(Encoding.UTF8.GetBytes("""<?xml version="1.0"?><cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0"/>"""), "factura.xml");

        Assert.That(judged[0].Kind, Is.EqualTo(FileKind.Refused));
    }

    [Test]
    public void A_PDF_is_known_by_its_content_not_its_name()
    {
        var judged = Judge("%PDF-1.7 ..."u8.ToArray(), "descarga");

        Assert.That((judged[0].Kind, judged[0].Name), Is.EqualTo((FileKind.Pdf, "descarga.pdf")));
    }

    [Test]
    public void What_is_inside_a_zip_is_judged_by_itself()
    {
        var judged = Judge(Zip(("a/factura.pdf", "%PDF-1.4"u8.ToArray()), ("leame.txt", "hola"u8.ToArray())), "x.zip");

        Assert.That(judged.Select(j => j.Kind), Is.EqualTo(new[] { FileKind.Pdf, FileKind.Refused }));
    }

    [Test]
    public void A_zip_bomb_is_refused()
    {
        var judged = Judge(Zip(("bomba.xml", new byte[60 * 1024 * 1024])), "x.zip");

        Assert.That((judged.Count, judged[0].Reason), Is.EqualTo((1, "El ZIP se expande más de lo permitido.")));
    }

    [Test]
    public void A_zip_of_many_files_is_refused()
    {
        var judged = Judge(Zip([.. Enumerable.Range(0, 60).Select(i => ($"{i}.xml", new byte[] { 1 }))]), "x.zip");

        Assert.That(judged[0].Reason, Is.EqualTo("El ZIP trae demasiados archivos."));
    }

    [Test]
    public void A_broken_zip_is_refused() => Assert.That(Judge("PK\x03\x04 nada"u8.ToArray(), "x.zip")[0].Reason, Is.EqualTo("El ZIP está dañado."));

    [TestCase("../../etc/passwd", "passwd.pdf")]
    [TestCase("a\\b\\factura.pdf", "factura.pdf")]
    [TestCase("...", "archivo.pdf")]
    public void A_name_cannot_walk_out_of_its_folder(string name, string safe) => Assert.That(Judge("%PDF-1.7"u8.ToArray(), name)[0].Name, Is.EqualTo(safe));

    private static IReadOnlyList<JudgedFile> Judge(byte[] bytes, string name) => Delivery.Judge(bytes, name, JobsStandIn.Company.Rfc, 100m, Pages.Now);

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
