namespace Invoicing.Tickets.Cloud;

/// <summary>Settings of the section <c>Cloud</c>. Whether anybody outside is asked is the tenant's flags' word, with which key its secrets'.</summary>
public sealed class CloudSettings
{
    /// <summary>Bytes of an answer that are heard.</summary>
    public const int MaxAnswer = 8 * 1024 * 1024;

    public string GoogleUrl { get; set; } = "https://vision.googleapis.com";

    public string ClaudeUrl { get; set; } = "https://api.anthropic.com";

    /// <summary>For one answer.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(15);

    /// <exception cref="InvalidOperationException">An address is not https, or points inside the network.</exception>
    public void Judge(Egress egress)
    {
        foreach (var (name, url) in new[] { (nameof(GoogleUrl), GoogleUrl), (nameof(ClaudeUrl), ClaudeUrl) })
        {
            if (egress.Refuse(url, httpsOnly: true) is { } refused)
            {
                throw new InvalidOperationException($"Cloud:{name}: {refused}");
            }
        }
    }
}
