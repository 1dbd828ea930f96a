namespace Invoicing.BrowserAutomation;

/// <summary>Keeps secrets out of what is told of an attempt, also where the portal itself repeats them.</summary>
public sealed class Discretion
{
    private const string Mask = "•••";
    private readonly List<string> secrets = [];

    public IReadOnlyList<string> Secrets => secrets;

    public void Learn(string secret)
    {
        if (secret.Length >= 4)
        {
            secrets.AddRange(new[] { secret, Uri.EscapeDataString(secret), System.Net.WebUtility.UrlEncode(secret) }.Distinct());
        }
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public string? Hide(string? text) => text is null ? null : secrets.Aggregate(text, (t, secret) => t.Replace(secret, Mask, StringComparison.OrdinalIgnoreCase));
}
