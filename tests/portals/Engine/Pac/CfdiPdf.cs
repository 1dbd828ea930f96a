using System.Globalization;
using System.Text;
using QRCoder;
using SkiaSharp;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace Invoicing.Portals.Engine.Pac;

/// <summary>The printed representation: one page of text with the QR that SAT asks for.</summary>
internal static class CfdiPdf
{
    public static byte[] Write(CfdiDraft draft, Seals seals)
    {
        var pdf = new PdfDocumentBuilder();
        var page = pdf.AddPage(PageSize.Letter);
        var font = pdf.AddStandard14Font(Standard14Font.Helvetica);
        var y = 740d;
        foreach (var line in Lines(draft, seals))
        {
            page.AddText(Plain(line), 9, new PdfPoint(40, y), font);
            y -= 15;
        }

        page.AddPng(Qr(Expression(draft, seals)), new PdfRectangle(40, 60, 180, 200));
        return pdf.Build();
    }

    /// <summary>The address in the QR: UUID, both RFCs, total and the seal's last eight characters.</summary>
    public static string Expression(CfdiDraft draft, Seals seals)
    {
        var total = decimal.Parse(draft.Total, CultureInfo.InvariantCulture).ToString("0.0#####", CultureInfo.InvariantCulture);
        return "https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx"
            + $"?id={seals.Uuid.ToString().ToUpperInvariant()}&re={Escape(draft.Issuer.Rfc)}&rr={Escape(draft.Receptor.Rfc)}&tt={total}&fe={seals.Seal[^8..]}";
    }

    private static IEnumerable<string> Lines(CfdiDraft draft, Seals seals)
    {
        yield return $"{draft.Issuer.Brand} - Factura {draft.Issuer.Serie}{draft.Folio}";
        yield return $"Emisor: {draft.Issuer.LegalName}  RFC: {draft.Issuer.Rfc}  Regimen: {draft.Issuer.Regimen}";
        yield return $"Receptor: {draft.Receptor.Nombre}  RFC: {draft.Receptor.Rfc}  C.P. {draft.Receptor.PostalCode}";
        yield return $"Regimen: {draft.Receptor.Regimen}  Uso CFDI: {draft.Receptor.Uso}  Forma de pago: {draft.FormaPago}";
        yield return $"Fecha: {draft.Fecha}  Lugar de expedicion: {draft.Issuer.PostalCode}";
        foreach (var concept in draft.Concepts)
            yield return $"{concept.Quantity} {concept.UnitKey}  {concept.Description}  {concept.Amount}";
        yield return $"Subtotal {draft.SubTotal}   IVA 16% {draft.Iva}   Total {draft.Total} MXN";
        yield return $"Folio fiscal: {seals.Uuid.ToString().ToUpperInvariant()}";
        yield return $"Certificado emisor {draft.CertificateNumber}   Certificado SAT {seals.PacCertificateNumber}";
        yield return "Este documento es una representacion impresa de un CFDI";
    }

    private static byte[] Qr(string content)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        // The PDF writer reads no one-bit PNG: the same picture in full colour.
        using var bitmap = SKBitmap.Decode(png.GetGraphic(6), new SKImageInfo(data.ModuleMatrix.Count * 6, data.ModuleMatrix.Count * 6, SKColorType.Rgba8888));
        using var colour = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return colour.ToArray();
    }

    private static string Escape(string rfc) => rfc.Replace("&", "&amp;", StringComparison.Ordinal);

    /// <summary>The standard fonts of PDF carry no accents in this writer.</summary>
    private static string Plain(string text) =>
        new([.. text.Normalize(NormalizationForm.FormD).Where(c => c is >= ' ' and <= '~')]);
}
