using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Invoicing.Portals.Engine.Pac;

/// <summary>
/// Certificates of a made-up authority, kept as PEM in a folder so that restarts sign with the same keys.
/// As SAT's do, each has a serial of 20 ASCII digits and carries its owner's RFC under OID 2.5.4.45.
/// </summary>
public sealed class CertificateStore(string folder, TimeProvider time)
{
    private static readonly Oid OwnerRfc = new("2.5.4.45");
    private readonly Lock _gate = new();
    private readonly Dictionary<string, X509Certificate2> _loaded = [];

    /// <summary>The certificate and key called <paramref name="name"/>, made on first use.</summary>
    public X509Certificate2 For(string name, string rfc, string legalName)
    {
        lock (_gate)
        {
            if (_loaded.TryGetValue(name, out var known)) return known;
            return _loaded[name] = Load(name) ?? Keep(name, Issue(rfc, legalName));
        }
    }

    /// <summary>The 20 digits that NoCertificado carries.</summary>
    public static string Number(X509Certificate2 certificate) => Encoding.ASCII.GetString(certificate.SerialNumberBytes.Span);

    private X509Certificate2 Authority() =>
        _loaded.TryGetValue("authority", out var known) ? known
            : _loaded["authority"] = Load("authority") ?? Keep("authority", SelfSigned());

    private X509Certificate2? Load(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return null;
        // Read once: certificate and key are of one writing.
        var pem = File.ReadAllText(path);
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    private X509Certificate2 Keep(string name, X509Certificate2 certificate)
    {
        Directory.CreateDirectory(folder);
        var temporary = $"{PathOf(name)}.{Chance.Hex(8)}.tmp";
        using (var key = certificate.GetRSAPrivateKey()!)
            File.WriteAllText(temporary, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            File.Move(temporary, PathOf(name), overwrite: false);
            return certificate;
        }
        catch (IOException) when (File.Exists(PathOf(name)))
        {
            // Another process over the same folder was earlier: all sign with its key.
            File.Delete(temporary);
            return Load(name)!;
        }
    }

    private X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=AC DE PRUEBAS DE LOS PORTALES SIMULADOS", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(time.GetUtcNow().AddYears(-3), time.GetUtcNow().AddYears(9));
    }

    private X509Certificate2 Issue(string rfc, string legalName)
    {
        using var key = RSA.Create(2048);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(legalName);
        subject.AddOrganizationName(legalName);
        subject.Add(OwnerRfc, rfc);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        var serial = Encoding.ASCII.GetBytes($"300010000005{Chance.Digits(8)}");
        // Three years back, so that the simulated clock may be set into the past.
        using var issued = request.Create(Authority(), time.GetUtcNow().AddYears(-2), time.GetUtcNow().AddYears(8), serial);
        return issued.CopyWithPrivateKey(key);
    }

    private string PathOf(string name) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.pem"));
}
