using System.Security.Cryptography;

namespace Invoicing;

/// <summary>
/// The keys that artefacts are encrypted under: a directory (<c>Artefacts:Keys</c>) with one file a key, named by the key's id (<c>2026-11.key</c>,
/// 32 bytes in base64). New files take the last one by name, the others go on opening what they sealed; a key is added by adding a file and
/// starting the services again.
/// </summary>
public sealed class ArtefactKeys
{
    /// <summary>An id stands in the head of every file, padded with zeros.</summary>
    internal const int IdSize = 32;

    private readonly Dictionary<string, byte[]> keys;

    /// <exception cref="InvalidOperationException">There is no key, or one is not 32 bytes of base64 under a plain name.</exception>
    public ArtefactKeys(string directory)
    {
        keys = Directory.GetFiles(directory, "*.key").ToDictionary(file => Path.GetFileNameWithoutExtension(file), Read, StringComparer.Ordinal);
        Current = keys.Keys.Order(StringComparer.Ordinal).LastOrDefault() ?? throw new InvalidOperationException($"Artefacts:Keys is {directory}, and no *.key file is there.");
    }

    /// <summary>Id of the key that new files take.</summary>
    public string Current { get; }

    /// <exception cref="CryptographicException">The key is not among those of the directory.</exception>
    internal AesGcm Of(string id) => keys.TryGetValue(id, out var key) ? new AesGcm(key, SealedFile.TagSize) : throw new CryptographicException($"The key {id} that an artefact was encrypted under is not in Artefacts:Keys.");

    private static byte[] Read(string file)
    {
        var id = Path.GetFileNameWithoutExtension(file);
        var key = new byte[32];
        return id.Length is > 0 and <= IdSize && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var length) && length == key.Length
            ? key : throw new InvalidOperationException($"{file} is not a key: 32 bytes in base64, in a file named by letters, digits, - and _.");
    }
}
