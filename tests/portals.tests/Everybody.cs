namespace Invoicing.Portals.Tests;

/// <summary>One town for all tests, put back before each.</summary>
[SetUpFixture]
internal sealed class Everybody
{
    private static Town? _town;

    public static string Data { get; } = Path.Combine(Path.GetTempPath(), $"portals-{Guid.NewGuid():N}");

    public static Town Town => _town ?? throw new InvalidOperationException("The portals have not started.");

    [OneTimeSetUp]
    public async Task Open() => _town = await Town.Open(Data);

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_town is not null) await _town.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }
}
