namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Where a ticket's portal may be found.</summary>
public static class Addresses
{
    /// <summary>The addresses as read, in their order; after all of them the first page of each host, for paths that were cut or misread.</summary>
    public static IReadOnlyList<string> ToTry(IReadOnlyList<string> read) =>
        [.. read, .. read.Select(Root).OfType<string>().Distinct().Where(root => !read.Any(r => r.TrimEnd('/') == root.TrimEnd('/')))];

    private static string? Root(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) + "/" : null;
}
