using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Invoicing.Tickets;

/// <summary>Which mail servers are believed: those that the system's authorities vouch for, and those of the installation's own authorities.</summary>
public sealed class MailServerTrust
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private readonly X509Certificate2Collection own = [];

    /// <exception cref="CryptographicException">The file of <see cref="MailboxSettings.CertificateAuthorities"/> holds no certificate.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public MailServerTrust(MailboxSettings settings)
    {
        if (settings.CertificateAuthorities is not { Length: > 0 } file)
        {
            return;
        }

        own.ImportFromPemFile(file);
        if (own.Count == 0)
        {
            throw new CryptographicException($"Mailboxes:CertificateAuthorities: {file} holds no PEM certificate.");
        }
    }

    /// <summary>A name that is not the server's, or a date that is over, no authority makes good.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || own.Count == 0 || certificate is not X509Certificate2 server)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        (policy.TrustMode, policy.RevocationMode, policy.DisableCertificateDownloads) = (X509ChainTrustMode.CustomRootTrust, X509RevocationMode.NoCheck, true);
        policy.CustomTrustStore.AddRange(own);
        policy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        policy.ApplicationPolicy.Add(ServerAuthentication);
        return chain.Build(server);
    }
}
