namespace Invoicing.Tenants;

/// <summary>
/// Key-encryption keys by id, 32 bytes each, asked for when needed, so that a key put there or taken away counts at once. Ids sort by age: the
/// last one is the newest.
/// </summary>
public sealed class SecretKeys(IKeyStore store)
{
    /// <summary><c>Secrets:Keys</c>, a folder, or where there is none the settings under <c>Secrets:Values</c>.</summary>
    public static SecretKeys Of(IConfiguration configuration) =>
        new(configuration["Secrets:Keys"] is { Length: > 0 } folder ? new KeyFolder(folder) : new KeySettings(configuration.GetSection("Secrets:Values")));

    public IReadOnlyList<string> Ids => [.. store.Ids.Order(StringComparer.Ordinal)];

    /// <exception cref="ProblemException">503 <c>key_unavailable</c>: there is no key at all.</exception>
    public string Newest => Ids is [.., var newest] ? newest : throw Unavailable();

    /// <exception cref="ProblemException">503 <c>key_unavailable</c>: no such key here. Never another key in its stead.</exception>
    public byte[] Read(string id)
    {
        var key = new byte[32];
        return store.Find(id) is { } text && Convert.TryFromBase64String(text.Trim(), key, out var length) && length == key.Length ? key : throw Unavailable();
    }

    private static ProblemException Unavailable() =>
        new(new Problem(503, "key_unavailable", "La llave que protege este secreto no está disponible. Avise al administrador de la plataforma."));
}

/// <summary>Where key-encryption keys come from. Another source (a cloud's key service) is one more class here (docs/runbooks/keys.md).</summary>
public interface IKeyStore
{
    IEnumerable<string> Ids { get; }

    /// <summary>The key in base64; null when there is none of this id.</summary>
    string? Find(string id);
}

/// <summary>Files <c>{id}.key</c> in one folder.</summary>
public sealed class KeyFolder(string folder) : IKeyStore
{
    public IEnumerable<string> Ids => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.key").Select(f => Path.GetFileNameWithoutExtension(f)) : [];

    // An id comes out of a row: only names that are there are opened.
    public string? Find(string id) => Ids.Contains(id) ? File.ReadAllText(Path.Combine(folder, id + ".key")) : null;
}

/// <summary>Settings, as environment variables <c>Secrets__Values__{id}</c>.</summary>
public sealed class KeySettings(IConfigurationSection section) : IKeyStore
{
    public IEnumerable<string> Ids => section.GetChildren().Select(k => k.Key);

    public string? Find(string id) => section[id];
}
