namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>Settings of the section <c>Captcha</c>. Without address and key every captcha is a person's.</summary>
public sealed class SolverSettings
{
    /// <summary>Base address of a service with 2Captcha's createTask and getTaskResult; https.</summary>
    public string? Url { get; set; }

    /// <summary>Read from the deployment's secrets; goes nowhere but into the body of a request.</summary>
    public string? Key { get; set; }

    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(3);

    public bool IsSet => Url is { Length: > 0 } && Key is { Length: > 0 };
}
