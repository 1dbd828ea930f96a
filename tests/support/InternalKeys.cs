using System.Security.Cryptography;

namespace Invoicing.TestSupport;

/// <summary>A key pair for each speaker, in a temporary folder, and tokens for any caller.</summary>
public sealed class InternalKeys
{
    private static readonly string[] Speakers = ["gateway", "tickets", "jobs", "tenant-config", "billing-metrics", "browser-automation"];
    private readonly string root = Path.Combine(Path.GetTempPath(), $"invoicing-keys-{Guid.NewGuid():N}");

    public InternalKeys()
    {
        Directory.CreateDirectory(PublicFolder);
        foreach (var speaker in Speakers)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            File.WriteAllText(PrivateKey(speaker), key.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(Path.Combine(PublicFolder, speaker + ".pem"), key.ExportSubjectPublicKeyInfoPem());
        }
    }

    public string PublicFolder => Path.Combine(root, "public");

    public string PrivateKey(string speaker) => Path.Combine(root, speaker + ".key.pem");

    /// <summary>What the gateway would forward for this caller.</summary>
    public string Token(Caller caller) => new InternalTokens("gateway", PrivateKey("gateway"), PublicFolder, TimeProvider.System).Issue(caller);

    /// <summary>What a service would send of itself.</summary>
    public string ServiceToken(string speaker) =>
        new InternalTokens(speaker, PrivateKey(speaker), PublicFolder, TimeProvider.System).Issue(new Caller(speaker, null, Role.service, false));
}
