using System.Text.RegularExpressions;

namespace Invoicing.Architecture.Tests;

/// <summary>Clients decide on codes: each that can leave the system is in <c>docs/errors.md</c>, which the API's human page shows.</summary>
public sealed partial class ErrorCatalogueTests
{
    [Test]
    public void Every_code_of_a_problem_is_in_the_catalogue()
    {
        var catalogue = Quoted().Matches(Repository.Text("docs/errors.md")).Select(m => m.Groups[1].Value).ToHashSet();
        var said = Repository.Files("*.cs").Where(f => f.Split('/')[0] is "gateway" or "services" or "ServiceDefaults" or "contracts" && !f.Contains("/Migrations/", StringComparison.Ordinal))
            .SelectMany(f => Said().Matches(Repository.Text(f)).Select(m => (Code: m.Groups["code"].Value, File: f))).ToList();

        Assert.That(said, Has.Count.GreaterThan(100), "the pattern no longer finds where codes are said");
        Assert.That(said.Where(s => !catalogue.Contains(s.Code)).Select(s => $"{s.Code} ({s.File})").Distinct(), Is.Empty);
    }

    /// <summary>A status and a code; a pointer and a code; a conflict; a kind of not found; a refusal of the inbox or a batch; a fault of a fiscal profile.</summary>
    [GeneratedRegex("""(?:(?:new(?: Problem)?)\(\d{3}, |Problem\.Conflict\(|Problem\.Invalid\([^,;]+, |new FieldProblem\([^,;]+, |Problem\.NotFound\("[^"]*", |new Refusal\(|new Rejected\([^,]+, |(?:Error|Warning)\("\w+", )"(?<code>[a-z0-9_]+)"[,)]""")]
    private static partial Regex Said();

    [GeneratedRegex("`([a-z0-9_]+)`")]
    private static partial Regex Quoted();
}
