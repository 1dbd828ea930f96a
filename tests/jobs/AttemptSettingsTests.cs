using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>What of a tenant's flags an attempt is told.</summary>
public sealed class AttemptSettingsTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [TestCase(true, """{"model":"claude-3-haiku"}""", "claude-3-haiku")]
    [TestCase(false, """{"model":"claude-3-haiku"}""", null)]
    [TestCase(true, "{}", null)]
    [TestCase(true, """{"model":5}""", null)]
    [TestCase(true, "[]", null)]
    [TestCase(true, null, null)]
    public async Task The_model_is_the_flags_word_and_only_while_it_is_on(bool on, string? config, string? model)
    {
        app.Tenants.Set("acme", more: ("claude_analysis", new FeatureState(on, null, config)));
        Assert.That((await RunAsync()).Model, Is.EqualTo(model));
    }

    [Test]
    public async Task Who_reads_captchas_is_the_flags_word_and_without_a_flag_nobody_is_named()
    {
        app.Tenants.Set("acme", more: ("captcha_solving", new FeatureState(true, null, """{"solver":"local"}""")));
        var local = await RunAsync();
        app.Tenants.Set("other");
        var unset = await RunAsync("other");
        Assert.That((local.CaptchaSolver, unset.CaptchaSolver, unset.Model), Is.EqualTo(("local", (string?)null, (string?)null)));
    }

    private async Task<RunAttempt> RunAsync(string company = "acme")
    {
        var (_, job) = await app.SubmitAsync(company);
        await app.Worker.OfferAsync(5);
        return await app.Worker.AttemptAsync(job);
    }
}
