using System.Security.Cryptography;

namespace Invoicing.Portals.Engine.Captcha;

/// <summary>One picture shown to one session. Its answer works once.</summary>
public sealed record CaptchaChallenge(string Portal, string Session, string Answer, byte[] Png, DateTimeOffset ExpiresAt)
{
    /// <summary>SHA-256 of the picture as served, lower-case hex: how whoever plays the person finds the answer.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Png));
}
