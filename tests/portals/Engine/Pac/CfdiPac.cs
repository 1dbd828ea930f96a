using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Engine.Pac;

/// <summary>Seals a ticket's CFDI with its merchant's key and stamps it with the simulated PAC's.</summary>
public sealed class CfdiPac(CertificateStore certificates)
{
    /// <summary>The RFC that SAT's documentation uses for a test PAC.</summary>
    public const string Rfc = "SPR190613I52";

    public X509Certificate2 Certificate => certificates.For("pac", Rfc, "PAC SIMULADO");

    public X509Certificate2 CertificateOf(Merchant merchant) => certificates.For(merchant.Portal, merchant.Rfc, merchant.LegalName);

    /// <param name="tickets">One merchant's: several become one CFDI.</param>
    /// <param name="formaPago">Null for the ticket's own.</param>
    public Emission Stamp(IReadOnlyList<Ticket> tickets, Receptor receptor, DateTimeOffset now, string origin, string? formaPago = null)
    {
        var csd = CertificateOf(tickets[0].Merchant);
        var draft = CfdiDraft.Of(tickets, receptor, formaPago ?? tickets[0].FormaPago, Chance.Number(6), now, CertificateStore.Number(csd));
        var seals = Seal(draft, csd, now);
        var xml = CfdiXml.Write(draft, seals);
        return new(seals.Uuid, tickets[0], receptor, now, origin, xml, new(() => CfdiPdf.Write(draft, seals)))
        {
            FormaPago = draft.FormaPago,
            Tickets = tickets,
        };
    }

    private Seals Seal(CfdiDraft draft, X509Certificate2 csd, DateTimeOffset now)
    {
        var uuid = Guid.NewGuid();
        var seal = Sign(csd, Cadena.Of(draft));
        var number = CertificateStore.Number(Certificate);
        var stamp = Sign(Certificate, Cadena.OfStamp(uuid, now.Cfdi(), Rfc, seal, number));
        return new(seal, Convert.ToBase64String(csd.RawData), uuid, now.Cfdi(), Rfc, number, stamp);
    }

    private static string Sign(X509Certificate2 certificate, string cadena)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(cadena), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }
}
