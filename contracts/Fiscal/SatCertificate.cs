using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Invoicing.Fiscal;

/// <summary>How SAT writes a taxpayer into an X.509 certificate.</summary>
public static class SatCertificate
{
    private const string UniqueIdentifier = "2.5.4.45";
    private const int MaxBase64 = 16 * 1024;

    /// <summary>NoCertificado: the serial's bytes are 20 ASCII digits. Null for a certificate that is not SAT's kind.</summary>
    public static string? Serial(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var bytes = certificate.SerialNumberBytes.Span;
        return bytes.Length == 20 && bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? Encoding.ASCII.GetString(bytes) : null;
    }

    /// <summary>
    /// The holder's RFC, from subject 2.5.4.45; a company's is followed by " / " and its representative's, which is left out.
    /// Null when the subject has none or more than one.
    /// </summary>
    public static string? Rfc(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var found = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == UniqueIdentifier)
            .Select(part => part.GetSingleElementValue())
            .ToList();
        return found is [{ } value] ? value.Split('/')[0].Trim() : null;
    }

    /// <summary>Null when the text is no certificate that can be used; the caller disposes what it gets.</summary>
    internal static X509Certificate2? Load(string base64)
    {
        if (base64.Length is 0 or > MaxBase64) return null;
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(base64));
            // .NET decodes these only when asked, and throws then; a damaged certificate is to be found out here.
            _ = (certificate.NotBefore, certificate.NotAfter, Serial(certificate), Rfc(certificate));
            return certificate;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or AsnContentException)
        {
            certificate?.Dispose();
            return null;
        }
    }

    /// <summary>Whether the seal is the certificate's, over the cadena. Null when the certificate's key cannot seal a CFDI.</summary>
    internal static bool? Sealed(this X509Certificate2 certificate, string cadena, string seal)
    {
        try
        {
            using var rsa = certificate.GetRSAPublicKey();
            if (rsa is not { KeySize: >= 2048 and <= 8192 }) return null;
            return seal.Length <= 4096 && rsa.VerifyData(
                Encoding.UTF8.GetBytes(cadena), Convert.FromBase64String(seal), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (FormatException)
        {
            return false;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
