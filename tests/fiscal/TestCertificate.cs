using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Invoicing.Fiscal.Tests;

/// <summary>A certificate of SAT's kind from a CA of our own: the serial is 20 ASCII digits, the RFC is in 2.5.4.45.</summary>
internal sealed class TestCertificate
{
    public const string EmisorRfc = "EKU9003173C9";
    public static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Until = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly RSA AuthorityKey = RSA.Create(2048);
    private static readonly X509Certificate2 Authority = NewAuthority();

    public static readonly TestCertificate Emisor = new("30001000000500009416", $"{EmisorRfc} / VADA800927DJ3");
    public static readonly TestCertificate Other = new("30001000000500009417", "URE180429TM6 / VADA800927DJ3");
    public static readonly TestCertificate Pac = new("90001000000500000777", "PSC260101T93");
    public static readonly TestCertificate Weak = new("30001000000500009418", $"{EmisorRfc} / VADA800927DJ3", bits: 1024);

    private readonly RSA key;

    private TestCertificate(string number, string identifier, int bits = 2048)
    {
        Number = number;
        key = RSA.Create(bits);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("EMPRESA DE PRUEBA");
        name.Add("2.5.4.45", identifier);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Certificate = request.Create(Authority, From, Until, Encoding.ASCII.GetBytes(number));
    }

    public string Number { get; }
    public X509Certificate2 Certificate { get; }
    public string Base64 => Convert.ToBase64String(Certificate.RawData);

    public string Sign(string cadena) => Convert.ToBase64String(
        key.SignData(Encoding.UTF8.GetBytes(cadena), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static X509Certificate2 NewAuthority()
    {
        var request = new CertificateRequest("CN=AC DE PRUEBA", AuthorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(From, Until);
    }
}
