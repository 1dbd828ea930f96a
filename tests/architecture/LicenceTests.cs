using System.Text.Json;
using System.Xml.Linq;

namespace Invoicing.Architecture.Tests;

/// <summary>What the build restored, by the licence each package names itself. A new one is judged here before it is used.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL", "MPL-2.0"];

    /// <summary>
    /// Packages that name their licence by a file or an address; read: MIT, but for Hangfire, LGPL 3, which the benchmarks alone use and nothing ships.
    /// </summary>
    private static readonly string[] Read = ["Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Managed", "Newtonsoft.Json", "Hangfire.Core", "Hangfire.PostgreSql"];

    [Test]
    public void Every_package_has_a_licence_that_is_allowed()
    {
        var packages = Packages().ToList();
        Assert.That(packages, Has.Count.GreaterThan(50), "projects were restored");
        Assert.That(packages.Where(p => !IsAllowed(p.Name, LicenceOf(p.Folder))).Select(p => $"{p.Name} {p.Version}: {LicenceOf(p.Folder)}"), Is.Empty);
    }

    [Test]
    public void MassTransit_stays_below_9_which_wants_a_paid_licence() => Assert.That(
        Packages().Where(p => p.Name.StartsWith("MassTransit", StringComparison.OrdinalIgnoreCase)).Select(p => Version.Parse(p.Version).Major), Is.Not.Empty.And.All.EqualTo(8));

    private static bool IsAllowed(string name, string licence) => Read.Contains(name)
        || licence.Split(" OR ").Any(l => Allowed.Contains(l.Trim('(', ')')))
        || (licence.Contains(" AND ", StringComparison.Ordinal) && licence.Split(" AND ").All(l => Allowed.Contains(l.Trim('(', ')'))));

    private static string LicenceOf(string folder) => XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Descendants()
        .FirstOrDefault(e => e.Name.LocalName == "license")?.Value ?? "none named";

    private static IEnumerable<(string Name, string Version, string Folder)> Packages() =>
        Directory.EnumerateFiles(Repository.Root, "project.assets.json", SearchOption.AllDirectories).SelectMany(Restored).DistinctBy(p => (p.Name, p.Version));

    private static IEnumerable<(string Name, string Version, string Folder)> Restored(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
        return
        [
            .. from library in json.RootElement.GetProperty("libraries").EnumerateObject()
               where library.Value.GetProperty("type").GetString() == "package"
               let folder = folders.Select(f => Path.Combine(f, library.Value.GetProperty("path").GetString()!)).First(Directory.Exists)
               select (library.Name.Split('/')[0], library.Name.Split('/')[1].Split('-')[0], folder),
        ];
    }
}
