using System.Security.Cryptography;
using System.Text.Json;

namespace Invoicing.Tenants;

/// <summary>
/// A secret at rest: AES-256-GCM under a data key of its own, which is wrapped under the key-encryption key named by <paramref name="KeyId"/>.
/// Both are bound to their place (tenant and record), so that a copied row opens nowhere else. Blobs are nonce, tag, ciphertext.
/// </summary>
public sealed record Envelope(string KeyId, byte[] WrappedKey, byte[] Sealed)
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <param name="place">What the secret belongs to, from the general to the particular.</param>
    public static Envelope Seal(string keyId, byte[] key, ReadOnlySpan<byte> plain, params string[] place)
    {
        var dataKey = RandomNumberGenerator.GetBytes(KeySize);
        try
        {
            return new Envelope(keyId, Encrypt(key, dataKey, Bound(keyId, place)), Encrypt(dataKey, plain, Bound("", place)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <exception cref="CryptographicException">Another key, another place, or altered bytes.</exception>
    public byte[] Open(byte[] key, params string[] place)
    {
        var dataKey = Decrypt(key, WrappedKey, Bound(KeyId, place));
        try
        {
            return Decrypt(dataKey, Sealed, Bound("", place));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>The same secret under another key-encryption key; the secret itself is not opened.</summary>
    public Envelope Rewrap(byte[] key, string newKeyId, byte[] newKey, params string[] place)
    {
        var dataKey = Decrypt(key, WrappedKey, Bound(KeyId, place));
        try
        {
            return new Envelope(newKeyId, Encrypt(newKey, dataKey, Bound(newKeyId, place)), Sealed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    // JSON keeps the parts apart whatever characters they hold.
    private static byte[] Bound(string keyId, string[] place) => JsonSerializer.SerializeToUtf8Bytes<string[]>([keyId, .. place]);

    private static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> plain, byte[] bound)
    {
        var blob = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(blob.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(blob.AsSpan(0, NonceSize), plain, blob.AsSpan(NonceSize + TagSize), blob.AsSpan(NonceSize, TagSize), bound);
        return blob;
    }

    private static byte[] Decrypt(byte[] key, byte[] blob, byte[] bound)
    {
        if (blob.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The blob is too short to be one of ours");
        }

        var plain = new byte[blob.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(blob.AsSpan(0, NonceSize), blob.AsSpan(NonceSize + TagSize), blob.AsSpan(NonceSize, TagSize), plain, bound);
        return plain;
    }
}
