using System.Xml.Linq;

namespace Invoicing.Architecture.Tests;

/// <summary>Who may know whom, and names that hide what is inside.</summary>
public sealed class LayoutTests
{
    private static readonly string[] Vague = ["Services", "Helpers", "Common", "Utils", "Extensions", "Shared", "Infrastructure", "Managers"];
    private static readonly string[] Product = ["ServiceDefaults", "contracts", "gateway", "services"];

    private static IEnumerable<string> Projects => Repository.Files("*.csproj").Where(f => Product.Contains(f.Split('/')[0]));

    [TestCaseSource(nameof(Projects))]
    public void A_project_of_the_product_knows_only_contracts_and_service_defaults(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var references = XDocument.Load(Repository.Path(project)).Descendants("ProjectReference").Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(r => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, r.Attribute("Include")!.Value))));
        Assert.That(references, Is.All.StartsWith("contracts/").Or.StartsWith("ServiceDefaults/"));
    }

    [Test]
    public void Contracts_reference_nothing()
    {
        foreach (var project in Projects.Where(p => p.StartsWith("contracts/", StringComparison.Ordinal)))
        {
            Assert.That(XDocument.Load(Repository.Path(project)).Descendants("ProjectReference"), Is.Empty, project);
        }
    }

    [Test]
    public void No_folder_hides_what_is_inside()
    {
        var folders = Repository.Files("*.cs").SelectMany(f => Path.GetDirectoryName(f)!.Split('/')).Distinct();
        Assert.That(folders.Intersect(Vague), Is.Empty);
    }

    [Test]
    public void Only_the_browser_folder_speaks_playwright()
    {
        var speakers = Repository.Files("*.cs").Where(f => f.StartsWith("services/", StringComparison.Ordinal) && Repository.Text(f).Contains("Microsoft.Playwright", StringComparison.Ordinal));
        Assert.That(speakers, Is.All.StartsWith("services/browser-automation/Browser/"));
    }

    [Test]
    public void No_brand_or_portal_is_named_in_code()
    {
        string[] brands = ["oxxo", "walmart", "litro mil", "litromil", "simple portal", "costco", "soriana", "chedraui", "liverpool", "starbucks", "alsea", "facturagas"];
        var named = Repository.Files("*.cs").Where(f => f.StartsWith("services/browser-automation/", StringComparison.Ordinal))
            .SelectMany(f => brands.Where(b => Repository.Text(f).Contains(b, StringComparison.OrdinalIgnoreCase)).Select(b => $"{f}: {b}"));
        Assert.That(named, Is.Empty);
    }

    [Test]
    public void Each_package_has_one_version_in_one_place()
    {
        var versions = Repository.Files("*.csproj").Where(f => !f.StartsWith("AppHost/", StringComparison.Ordinal))
            .SelectMany(f => XDocument.Load(Repository.Path(f)).Descendants("PackageReference").Where(p => p.Attribute("Version") is not null).Select(p => $"{f}: {p.Attribute("Include")?.Value}"));
        Assert.That(versions, Is.Empty);
    }

    [Test]
    public void The_solution_lists_every_project_and_skips_building_the_app_host()
    {
        var solution = Repository.Text("Invoicing.sln");
        foreach (var project in Repository.Files("*.csproj"))
        {
            Assert.That(solution, Does.Contain(project.Replace('/', '\\')), "not in Invoicing.sln");
        }

        var id = solution.Split('\n').Single(l => l.Contains("AppHost\\AppHost.csproj", StringComparison.Ordinal)).Split('"')[^2];
        Assert.That(solution, Does.Contain($"{id}.Debug|Any CPU.ActiveCfg").And.Not.Contain($"{id}.Debug|Any CPU.Build.0"));
    }

    /// <summary>Entity Framework finds a migration to go to by what follows the sixteenth character of its name.</summary>
    [Test]
    public void A_migration_s_name_is_long_enough_to_be_found_by()
    {
        var migrations = Repository.Files("*.cs").Where(f => f.Contains("/Db/Migrations/", StringComparison.Ordinal) && !f.EndsWith(".Designer.cs", StringComparison.Ordinal) && !f.EndsWith("Snapshot.cs", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f)).ToList();
        Assert.That(migrations, Is.Not.Empty);
        Assert.That(migrations.Where(m => m.Length < 16), Is.Empty);
    }
}
