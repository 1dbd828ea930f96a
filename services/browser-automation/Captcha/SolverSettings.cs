namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>Settings of the section <c>Captcha</c>. Without the address no picture goes to a service.</summary>
public sealed class SolverSettings
{
    /// <summary>Base address of a service with 2Captcha's createTask and getTaskResult; https.</summary>
    public string? Url { get; set; }

    /// <summary>The deployment's account, for tenants that have none of their own (their service secret <c>captcha_solving</c>).</summary>
    public string? Key { get; set; }

    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(3);
}
