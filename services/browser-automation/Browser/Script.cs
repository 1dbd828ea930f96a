namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Scripts that run in the page.</summary>
internal static class Script
{
    internal static string Load(string name)
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream($"Browser/{name}.js")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return string.Join('\n', text.Split('\n').SkipWhile(l => l.StartsWith("//", StringComparison.Ordinal)));
    }
}
