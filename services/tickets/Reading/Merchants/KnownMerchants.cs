using System.Text.Json;

namespace Invoicing.Tickets.Reading;

/// <summary>A merchant or invoicing platform as seen in the field.</summary>
/// <param name="Evidence">A: automated by someone, B: the owner's page, C: guides and directories, D: named only.</param>
/// <param name="Seen">Year and month the evidence is of.</param>
/// <param name="Json">The whole entry, for the merchants table.</param>
public sealed record FieldEntry(string Name, bool IsPlatform, IReadOnlyList<string> Hosts, string Evidence, string Seen, JsonElement Json);

/// <summary>Knowledge/merchants.json: the real merchants and platforms, as dated data.</summary>
public static class KnownMerchants
{
    public static IReadOnlyList<FieldEntry> All { get; } = Load();

    private static List<FieldEntry> Load()
    {
        using var stream = typeof(KnownMerchants).Assembly.GetManifestResourceStream("merchants.json")
            ?? throw new InvalidOperationException("merchants.json is not embedded: the project does not import Reading/OcrModels.targets.");
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("merchants").EnumerateArray().Select(entry => new FieldEntry(
            entry.GetProperty("name").GetString()!, entry.GetProperty("kind").GetString() == "platform",
            entry.TryGetProperty("hosts", out var hosts) ? [.. hosts.EnumerateArray().Select(host => host.GetString()!)] : [],
            entry.GetProperty("evidence").GetString()!, entry.GetProperty("seen").GetString()!, entry.Clone()))];
    }
}
