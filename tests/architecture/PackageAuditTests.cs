namespace Invoicing.Architecture.Tests;

/// <summary>What we build on, beside the advisories of the package sources.</summary>
public sealed class PackageAuditTests
{
    private const int NoAdvisories = 3;

    [Test]
    public void No_package_has_a_known_weakness()
    {
        var (code, output, errors) = Tool.Run("bash", "dev", "audit-packages");
        if (code == NoAdvisories)
        {
            Assert.Ignore(errors.Trim());
        }

        Assert.That(code, Is.Zero, output + errors);
    }
}
