using System.Security.Cryptography;

namespace Invoicing.AppHost;

/// <summary>
/// Where services find keys and files. The local run shares <c>.run</c> of the checkout with <c>./dev</c> and makes what is missing there;
/// a deployment mounts the same layout at fixed paths.
/// </summary>
internal sealed class Settings
{
    private static readonly string[] Speakers = ["gateway", "tickets", "jobs", "billing-metrics", "tenant-config", "browser-automation"];
    private static readonly string[] Folders = ["private", "public", "secrets", "artefacts", "passwords"];
    private readonly bool local;
    private readonly string keys;

    public Settings(IDistributedApplicationBuilder builder)
    {
        local = builder.ExecutionContext.IsRunMode;
        var run = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".run"));
        keys = local ? Path.Combine(run, "keys") : "/etc/invoicing/keys";
        Artefacts = local ? Path.Combine(run, "artefacts") : "/var/lib/invoicing/artefacts";
        PortalsData = Path.Combine(run, "portals");
        if (local)
        {
            MakeKeys();
        }

        PlatformAdminSecret = local
            ? builder.AddParameter("platform-admin-secret", File.ReadAllText(AdminSecretFile).Trim(), secret: true)
            : builder.AddParameter("platform-admin-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true);
        Issuer = local ? "http://localhost:8080" : builder.Configuration["Publish:Issuer"] ?? "https://localhost";
    }

    public string Artefacts { get; }
    public string PortalsData { get; }
    public string Issuer { get; }
    public IResourceBuilder<ParameterResource> PlatformAdminSecret { get; }

    /// <summary>Without a credential one is an operator in the local run only.</summary>
    public string Anonymous => local ? "operator" : "off";

    /// <summary>Portals, webhooks and media on loopback: in the local run only.</summary>
    public string AllowLoopback => local ? "true" : "false";

    public string PublicKeys => Path.Combine(keys, "public");
    public string SecretKeys => Path.Combine(keys, "secrets");

    /// <summary>What the file store encrypts under.</summary>
    public string ArtefactKeys => Path.Combine(keys, "artefacts");
    public string OAuthSigningKey => Path.Combine(keys, "oauth-signing.pem");
    private string AdminSecretFile => Path.Combine(keys, "passwords", "platform-admin");

    public string SigningKey(string name) => Path.Combine(keys, "private", name + ".pem");

    private void MakeKeys()
    {
        foreach (var folder in Folders)
        {
            Directory.CreateDirectory(Path.Combine(keys, folder));
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var name in Speakers.Where(name => !File.Exists(SigningKey(name))))
        {
            File.WriteAllText(Path.Combine(PublicKeys, name + ".pem"), MakeKey(SigningKey(name)));
        }

        if (!File.Exists(OAuthSigningKey))
        {
            MakeKey(OAuthSigningKey);
        }

        foreach (var folder in new[] { SecretKeys, ArtefactKeys }.Where(folder => Directory.GetFiles(folder, "*.key").Length == 0))
        {
            File.WriteAllText(Path.Combine(folder, "local-1.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        if (!File.Exists(AdminSecretFile))
        {
            File.WriteAllText(AdminSecretFile, RandomNumberGenerator.GetHexString(48, lowercase: true));
        }
    }

    /// <summary>Writes a private key and returns its public half.</summary>
    private static string MakeKey(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
