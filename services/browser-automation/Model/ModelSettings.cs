namespace Invoicing.BrowserAutomation.Model;

/// <summary>Settings of the section <c>Model</c>. Which model is the tenant's flag's word, with which key the tenant's secret.</summary>
public sealed class ModelSettings
{
    public string BaseUrl { get; set; } = "https://api.anthropic.com";

    /// <summary>For one answer.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Questions in one attempt.</summary>
    public int Most { get; set; } = 5;
}
