using System.Net.Http.Headers;
using System.Text;
using Invoicing.TestSupport;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Invoicing.Gateway.Tests;

/// <summary>Who gets through, as whom, and that a bad credential is never nobody's.</summary>
public sealed class AuthenticationTests
{
    private const string Tickets = "/invoicing/tickets";

    [Test]
    public async Task An_api_key_speaks_for_its_tenant_in_either_header_and_never_goes_further()
    {
        var company = App.NewCompany();
        var (_, secret) = await App.KeyAsync(company, "viewer");
        using var bearer = App.Client(secret);
        using var header = App.Client();
        header.DefaultRequestHeaders.Add("X-API-Key", secret);
        foreach (var http in new[] { bearer, header })
        {
            var seen = await (await http.GetAsync(Tickets)).JsonAsync();
            Assert.That(await CallerAsync(seen), Is.EqualTo((company, Role.viewer, false)));
            Assert.That(seen.ToJsonString(), Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task An_access_token_speaks_for_its_client()
    {
        var company = App.NewCompany();
        var (id, secret) = await App.KeyAsync(company, "admin");
        using var nobody = App.Client();
        using var http = App.Client(await Seed.TokenAsync(nobody, id, secret));

        Assert.That(await CallerAsync(await (await http.GetAsync(Tickets)).JsonAsync()), Is.EqualTo((company, Role.admin, false)));
    }

    [Test]
    public async Task Nobody_is_an_operator_only_where_the_installation_says_so()
    {
        using var local = App.Client(gateway: "gateway-2");
        using var deployed = App.Client();

        Assert.That(await CallerAsync(await (await local.GetAsync(Tickets)).JsonAsync()), Is.EqualTo(((string?)null, Role.@operator, true)));
        using var refused = await deployed.GetAsync(Tickets);
        await refused.ProblemAsync(401);
        Assert.That(refused.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"));
    }

    private static IEnumerable<TestCaseData> Bad()
    {
        var none = Token("none", new { iss = "http://localhost:8080/", aud = "invoicing", sub = "client:x", role = "platform_admin", exp = 4102444800 });
        yield return new TestCaseData("Authorization", "Bearer ak_unknown").SetName("An_unknown_key");
        yield return new TestCaseData("X-API-Key", "ak_unknown").SetName("An_unknown_key_in_its_own_header");
        yield return new TestCaseData("X-API-Key", "not-a-key").SetName("A_key_of_another_kind");
        yield return new TestCaseData("X-API-Key", "").SetName("An_empty_key");
        yield return new TestCaseData("Authorization", "").SetName("An_empty_credential");
        yield return new TestCaseData("Authorization", "Bearer").SetName("A_scheme_alone");
        yield return new TestCaseData("Authorization", "Bearer x").SetName("A_token_that_is_none");
        yield return new TestCaseData("Authorization", "Basic dXNlcjpwYXNz").SetName("Another_scheme");
        yield return new TestCaseData("Authorization", "Bearer " + none).SetName("An_unsigned_token");
        yield return new TestCaseData("Authorization", "Bearer " + new string('a', 9000)).SetName("A_token_of_9_kB");
    }

    [TestCaseSource(nameof(Bad))]
    public async Task A_bad_credential_is_never_treated_as_nobody(string header, string value)
    {
        foreach (var gateway in (string[])["gateway", "gateway-2"])
        {
            using var http = App.Client(gateway: gateway);
            http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
            using var refused = await http.GetAsync(Tickets);
            await refused.ProblemAsync(401);
            Assert.That(refused.Headers.WwwAuthenticate, Is.Not.Empty);
            Assert.That(refused.Header("RateLimit"), Is.Not.Null, "guessing is limited too");
            using var admin = await http.GetAsync("/invoicing/v2/admin/overview");
            await admin.ProblemAsync(403);
        }
    }

    [Test]
    public async Task Tokens_of_other_hands_are_refused()
    {
        var (id, secret) = await App.KeyAsync(App.NewCompany());
        using var nobody = App.Client();
        var good = new JsonWebToken(await Seed.TokenAsync(nobody, id, secret));
        using var other = System.Security.Cryptography.RSA.Create(2048);
        var strange = new SigningCredentials(new RsaSecurityKey(other) { KeyId = good.Kid }, SecurityAlgorithms.RsaSha256);
        var published = Encoding.UTF8.GetBytes(await nobody.GetStringAsync("/.well-known/jwks.json"));
        var confused = new SigningCredentials(new SymmetricSecurityKey(published) { KeyId = good.Kid }, SecurityAlgorithms.HmacSha256);
        var parts = good.EncodedToken.Split('.');
        string[] forged =
        [
            Forge(good, strange), Forge(good, confused), Forge(good, new SigningCredentials(new RsaSecurityKey(other) { KeyId = "../../dev/null" }, SecurityAlgorithms.RsaSha256)),
            $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{Token("x", new { role = "platform_admin" }).Split('.')[1]}.{parts[2]}", App.Local.Keys.Token(new Caller("x", null, Role.platform_admin, false)),
        ];
        foreach (var token in forged)
        {
            using var http = App.Client(token);
            using var refused = await http.GetAsync(Tickets);
            await refused.ProblemAsync(401);
        }
    }

    [Test]
    public async Task The_admin_routes_answer_403_to_every_credential_of_a_tenant()
    {
        foreach (var role in (string[])["viewer", "operator", "admin"])
        {
            using var http = App.Client((await App.KeyAsync(App.NewCompany(), role)).Secret);
            using var refused = await http.GetAsync("/invoicing/v2/admin/overview");
            Assert.That((string?)(await refused.ProblemAsync(403))["detail"], Does.StartWith("Permission denied: "));
        }

        using var nobody = App.Client();
        await (await nobody.GetAsync("/invoicing/v2/admin/overview")).ProblemAsync(403);
        using var admin = App.Admin();
        Assert.That(await CallerAsync(await (await admin.GetAsync("/invoicing/v2/admin/overview")).JsonAsync()), Is.EqualTo(((string?)null, Role.platform_admin, false)));
    }

    [Test]
    public async Task A_revoked_key_and_its_tokens_are_dead_everywhere_within_five_seconds()
    {
        var company = App.NewCompany();
        var (id, secret) = await App.KeyAsync(company);
        using var nobody = App.Client();
        var token = await Seed.TokenAsync(nobody, id, secret);
        HttpClient[] clients = [App.Client(secret), App.Client(secret, "gateway-2"), App.Client(token), App.Client(token, "gateway-2")];
        foreach (var http in clients)
        {
            Assert.That((await http.GetAsync(Tickets)).IsSuccessStatusCode, Is.True);
        }

        using var admin = App.Admin();
        Assert.That((int)(await admin.DeleteAsync($"/invoicing/v2/tenants/{company}/api-keys/{id}")).StatusCode, Is.EqualTo(204));
        await Task.Delay(TimeSpan.FromSeconds(5));

        foreach (var http in clients)
        {
            Assert.That((int)(await http.GetAsync(Tickets)).StatusCode, Is.EqualTo(401));
            http.Dispose();
        }
    }

    [Test]
    public async Task Without_tenant_config_credentials_are_not_guessed_at()
    {
        using var http = App.Client("ak_whatever", "gateway-alone");
        using var refused = await http.GetAsync(Tickets);
        await refused.ProblemAsync(503);
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
    }

    private static async Task<(string? CompanyId, Role Role, bool Anonymous)> CallerAsync(System.Text.Json.Nodes.JsonObject echo)
    {
        var token = AuthenticationHeaderValue.Parse((string)echo["headers"]!["authorization"]!).Parameter!;
        var caller = await new InternalTokens("tickets", null, App.Local.Keys.PublicFolder, TimeProvider.System).VerifyAsync(token);
        return (caller!.CompanyId, caller.Role, caller.Anonymous);
    }

    private static string Forge(JsonWebToken like, SigningCredentials credentials) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = like.Issuer, Audience = like.Audiences.First(), Expires = DateTime.UnixEpoch.AddYears(100), TokenType = like.Typ, SigningCredentials = credentials,
        Claims = like.Claims.Where(c => c.Type is "sub" or "role" or "company_id").ToDictionary(c => c.Type, c => (object)c.Value),
    });

    private static string Token(string algorithm, object claims) =>
        $"{Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""")}.{Base64UrlEncoder.Encode(System.Text.Json.JsonSerializer.Serialize(claims))}.";
}
