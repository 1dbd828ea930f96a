namespace Invoicing.Tenants;

/// <summary>
/// Key-encryption keys: files <c>{id}.key</c> in the folder <c>Secrets:Keys</c>, 32 bytes in base64 each. Read when needed, so that a key put
/// there or taken away counts at once. Ids sort by age: the last one is the newest.
/// </summary>
public sealed class SecretKeys(string? folder)
{
    public IReadOnlyList<string> Ids => folder is null || !Directory.Exists(folder)
        ? []
        : [.. Directory.GetFiles(folder, "*.key").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    /// <exception cref="ProblemException">503 <c>key_unavailable</c>: there is no key at all.</exception>
    public string Newest => Ids is [.., var newest] ? newest : throw Unavailable();

    /// <exception cref="ProblemException">503 <c>key_unavailable</c>: no such key here. Never another key in its stead.</exception>
    public byte[] Read(string id)
    {
        if (!Ids.Contains(id))
        {
            throw Unavailable();
        }

        var key = new byte[32];
        var text = File.ReadAllText(Path.Combine(folder!, id + ".key")).Trim();
        return Convert.TryFromBase64String(text, key, out var length) && length == key.Length ? key : throw Unavailable();
    }

    private static ProblemException Unavailable() =>
        new(new Problem(503, "key_unavailable", "La llave que protege este secreto no está disponible. Avise al administrador de la plataforma."));
}
