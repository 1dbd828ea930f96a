using System.Reflection;

namespace Invoicing.Contract.Tests;

/// <summary>Nothing that the documents name goes unwalked.</summary>
public sealed class CoverageTests
{
    [Test]
    public async Task Every_operation_of_the_documents_is_walked()
    {
        var walked = typeof(CoverageTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).SelectMany(m => m.GetCustomAttribute<WalksAttribute>()?.Calls ?? []).ToHashSet();
        Assert.That((await Documents.OperationsAsync()).Select(o => o.Call).Except(walked), Is.Empty);
    }
}
