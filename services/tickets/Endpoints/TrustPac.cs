using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Invoicing.Fiscal;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/v2/admin/pac-certificates (PEM or DER): stamps by this certificate are trusted from now on. Platform admins only.</summary>
public static class TrustPac
{
    public sealed record Response(string Serial, string Subject, DateTimeOffset NotAfter);

    public static async Task<IResult> Handle(HttpRequest request, Caller caller, TicketsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.Demand(Permission.admin_system);
        var form = request.IsMultipart() ? await FormReading.ReadAsync(request) : null;
        using var buffer = new MemoryStream();
        await (form is null ? request.Body.CopyToAsync(buffer, ct) : form.SentFile()?.CopyToAsync(buffer, ct) ?? Task.CompletedTask);
        using var certificate = Load(buffer.ToArray());
        if (certificate is null || SatCertificate.Serial(certificate) is not { } serial)
        {
            return Problem.Invalid("", "invalid_certificate", "No es un certificado X.509 (PEM o DER) con número de serie del SAT de 20 dígitos.");
        }

        if (await db.PacCertificates.FindAsync([serial], ct) is null)
        {
            db.Add(new PacCertificate
            {
                Serial = serial, Subject = certificate.Subject, NotAfter = certificate.NotAfter.ToUniversalTime(), Der = certificate.RawData, AddedAt = time.GetUtcNow(),
            });
            await db.SaveChangesAsync(ct);
        }

        return Results.Json(new Response(serial, certificate.Subject, certificate.NotAfter.ToUniversalTime()), Json.Options);
    }

    private static X509Certificate2? Load(byte[] bytes)
    {
        try
        {
            return bytes.AsSpan().IndexOf("-----BEGIN CERTIFICATE"u8) >= 0 ? X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(bytes)) : X509CertificateLoader.LoadCertificate(bytes);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
