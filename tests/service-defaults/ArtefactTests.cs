using System.Security.Cryptography;
using System.Text;

namespace Invoicing.ServiceDefaults.Tests;

public sealed class ArtefactTests
{
    private string root = null!;
    private string keys = null!;

    [SetUp]
    public void Make()
    {
        root = Directory.CreateTempSubdirectory("artefacts").FullName;
        keys = Directory.CreateDirectory(Path.Combine(root, "keys")).FullName;
        Add("2026-01");
    }

    [TearDown]
    public void Remove() => Directory.Delete(root, recursive: true);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65_536)]
    [TestCase(200_001)]
    public async Task What_is_kept_is_unreadable_on_disk_and_comes_back_as_it_was(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        var store = Store();

        var kept = await store.PutAsync("acme", "ticket.jpg", "image/jpeg", plain, CancellationToken.None);

        Assert.That(await store.ReadAsync(kept.Key, CancellationToken.None), Is.EqualTo(plain));
        Assert.That((kept.Size, kept.Sha256), Is.EqualTo(((long)length, Convert.ToHexStringLower(SHA256.HashData(plain)))));
        Assert.That(length < 16 || FileOf().AsSpan().IndexOf(plain.AsSpan(0, 16)) < 0);
    }

    [Test]
    public async Task Any_range_of_it_can_be_read()
    {
        var plain = RandomNumberGenerator.GetBytes(200_001);
        var store = Store();
        var kept = await store.PutAsync("acme", "ticket.jpg", "image/jpeg", plain, CancellationToken.None);
        await using var stream = store.Open(kept.Key)!;

        foreach (var (from, count) in new[] { (0, 10), (65_530, 20), (131_072, 1), (199_990, 11), (5, 140_000) })
        {
            stream.Position = from;
            var part = new byte[count];
            await stream.ReadExactlyAsync(part);
            Assert.That(part, Is.EqualTo(plain[from..(from + count)]));
        }
    }

    [Test]
    public async Task A_newer_key_takes_new_files_and_the_old_one_still_opens_its_own()
    {
        var old = await Store().PutAsync("acme", "a", "text/plain", "antes"u8.ToArray(), CancellationToken.None);
        Add("2026-02");
        var store = Store();

        var young = await store.PutAsync("acme", "b", "text/plain", "ahora"u8.ToArray(), CancellationToken.None);

        Assert.That(Encoding.UTF8.GetString(await store.ReadAsync(old.Key, CancellationToken.None)), Is.EqualTo("antes"));
        File.Delete(Path.Combine(keys, "2026-01.key"));
        Assert.That(Encoding.UTF8.GetString(await Store().ReadAsync(young.Key, CancellationToken.None)), Is.EqualTo("ahora"));
        Assert.That(async () => await Store().ReadAsync(old.Key, CancellationToken.None), Throws.InstanceOf<CryptographicException>().With.Message.Contains("2026-01"));
    }

    [Test]
    public async Task What_was_kept_before_there_were_keys_is_still_read()
    {
        var kept = await new Artefacts(root).PutAsync("acme", "a", "text/plain", "antes"u8.ToArray(), CancellationToken.None);

        Assert.That(Encoding.UTF8.GetString(await Store().ReadAsync(kept.Key, CancellationToken.None)), Is.EqualTo("antes"));
    }

    [TestCase("flipped")]
    [TestCase("cut")]
    [TestCase("swapped")]
    public async Task An_altered_file_is_refused(string how)
    {
        var store = Store();
        var kept = await store.PutAsync("acme", "a", "text/plain", RandomNumberGenerator.GetBytes(200_000), CancellationToken.None);
        const int block = 65_536 + 16;
        var (path, file) = (PathOfFile(), FileOf());
        var head = file.Length - (4 * 16) - 200_000;
        byte[] altered = how switch
        {
            "flipped" => [.. file[..5000], (byte)(file[5000] ^ 1), .. file[5001..]],
            "cut" => file[..(head + (2 * block))],
            _ => [.. file[..head], .. file[(head + block)..(head + (2 * block))], .. file[head..(head + block)], .. file[(head + (2 * block))..]],
        };
        await File.WriteAllBytesAsync(path, altered);

        Assert.That(async () => await store.ReadAsync(kept.Key, CancellationToken.None), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void A_directory_without_a_key_or_with_a_broken_one_stops_the_start()
    {
        File.WriteAllText(Path.Combine(keys, "bad.key"), "no es una llave");
        Assert.That(Store, Throws.InvalidOperationException.With.Message.Contains("bad.key"));
        Assert.That(() => new ArtefactKeys(Directory.CreateDirectory(Path.Combine(root, "empty")).FullName), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_deleted_one_is_gone()
    {
        var store = Store();
        var kept = await store.PutAsync("acme", "a", "text/plain", "x"u8.ToArray(), CancellationToken.None);

        Assert.That((store.Delete(kept.Key), store.Delete(kept.Key), store.Open(kept.Key)), Is.EqualTo((true, false, (Stream?)null)));
    }

    private Artefacts Store() => new(root, new ArtefactKeys(keys));

    private void Add(string id) => File.WriteAllText(Path.Combine(keys, id + ".key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    private string PathOfFile() => Directory.GetFiles(root, "*", SearchOption.AllDirectories).Single(file => !file.StartsWith(keys, StringComparison.Ordinal));

    private byte[] FileOf() => File.ReadAllBytes(PathOfFile());
}
