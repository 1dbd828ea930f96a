namespace Invoicing.Architecture.Tests;

/// <summary>The checkout this test runs in; paths are relative to its root, with forward slashes.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj", "node_modules", ".run", ".git"];

    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Text(string relative) => File.ReadAllText(Path(relative));

    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Select(f => System.IO.Path.GetRelativePath(Root, f))
            .Where(f => !f.Split('/').Intersect(Built).Any());

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("Invoicing.sln is not above the test binaries"),
        _ when File.Exists(System.IO.Path.Combine(folder.FullName, "Invoicing.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
