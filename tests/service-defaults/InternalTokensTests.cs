using Invoicing.TestSupport;

namespace Invoicing.ServiceDefaults.Tests;

public sealed class InternalTokensTests
{
    private readonly InternalKeys keys = new();

    private InternalTokens Speaker(string name, TimeProvider? time = null) => new(name, keys.PrivateKey(name), keys.PublicFolder, time ?? TimeProvider.System);

    [Test]
    public async Task What_the_gateway_says_of_a_caller_arrives_unchanged()
    {
        var caller = new Caller("key:7", "acme", Role.admin, false);
        Assert.That(await Speaker("jobs").VerifyAsync(keys.Token(caller)), Is.EqualTo(caller));
    }

    [Test]
    public async Task A_service_may_only_speak_for_itself()
    {
        var forged = Speaker("browser-automation").Issue(new Caller("key:7", "acme", Role.admin, false));
        Assert.That(await Speaker("jobs").VerifyAsync(forged), Is.Null);
        var own = await Speaker("jobs").VerifyAsync(keys.ServiceToken("browser-automation"));
        Assert.That(own?.Role, Is.EqualTo(Role.service));
    }

    [Test]
    public async Task A_token_signed_with_a_strangers_key_is_refused()
    {
        var stranger = new InternalKeys().Token(new Caller("x", "acme", Role.admin, false));
        Assert.That(await Speaker("jobs").VerifyAsync(stranger), Is.Null);
    }

    [Test]
    public async Task An_old_token_is_refused()
    {
        var past = new FixedTime(TimeProvider.System.GetUtcNow().AddMinutes(-5));
        var token = new InternalTokens("gateway", keys.PrivateKey("gateway"), keys.PublicFolder, past).Issue(new Caller("x", "acme", Role.admin, false));
        Assert.That(await Speaker("jobs").VerifyAsync(token), Is.Null);
    }

    [TestCase("")]
    [TestCase("a.b.c")]
    [TestCase("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJpc3MiOiJnYXRld2F5Iiwicm9sZSI6ImFkbWluIn0.")]
    public async Task Garbage_and_unsigned_tokens_are_refused(string token) => Assert.That(await Speaker("jobs").VerifyAsync(token), Is.Null);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
