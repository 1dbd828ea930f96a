using System.Net.Http.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Invoicing.Tenants.Tests;

public sealed class TokenTests
{
    [Test]
    public async Task Client_credentials_give_a_token_that_the_published_keys_verify()
    {
        var answer = await Ask(App.ClientId, App.ClientSecret).OkAsync();
        var token = await VerifyAsync((string)answer["access_token"]!);
        Assert.Multiple(() =>
        {
            Assert.That((string)answer["token_type"]!, Is.EqualTo("Bearer"));
            Assert.That((int)answer["expires_in"]!, Is.InRange(1, 600));
            Assert.That(token.IsValid, Is.True, token.Exception?.Message);
            Assert.That(token.Claims["role"], Is.EqualTo("platform_admin"));
            Assert.That(token.Claims.Keys, Is.SupersetOf(new[] { "iss", "aud", "sub", "jti", "exp" }));
            Assert.That(token.Claims.Keys, Does.Not.Contain("company_id"));
        });
    }

    [Test]
    public async Task Each_token_has_its_own_id()
    {
        var first = await VerifyAsync((string)(await Ask(App.ClientId, App.ClientSecret).OkAsync())["access_token"]!);
        var second = await VerifyAsync((string)(await Ask(App.ClientId, App.ClientSecret).OkAsync())["access_token"]!);
        Assert.That(first.Claims["jti"], Is.Not.EqualTo(second.Claims["jti"]));
    }

    [TestCase("platform", "wrong")]
    [TestCase("nobody", "wrong")]
    public async Task A_wrong_secret_gets_no_token(string id, string secret)
    {
        var response = await Ask(id, secret);
        Assert.That((int)response.StatusCode, Is.EqualTo(401));
        Assert.That((string)(await response.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!["error"]!, Is.EqualTo("invalid_client"));
    }

    [Test]
    public async Task An_api_key_is_a_client_of_its_company_until_it_is_revoked()
    {
        var company = App.NewCompany();
        var key = await App.PlatformAdmin.PostAsJsonAsync(App.Tenant(company, "/api-keys"), new { name = "erp", role = "operator" }).OkAsync();
        var (id, secret) = ((string)key["id"]!, (string)key["key"]!);
        var token = await VerifyAsync((string)(await Ask(id, secret).OkAsync())["access_token"]!);
        Assert.That(token.Claims["company_id"], Is.EqualTo(company));
        Assert.That(token.Claims["role"], Is.EqualTo("operator"));
        Assert.That(await App.PlatformAdmin.DeleteAsync(App.Tenant(company, $"/api-keys/{id}")).StatusAsync(), Is.EqualTo(204));
        Assert.That(await Ask(id, secret).StatusAsync(), Is.EqualTo(401));
    }

    [Test]
    public async Task The_discovery_document_names_the_issuer_and_the_keys()
    {
        var document = await App.Service.CreateClient().GetAsync("/.well-known/openid-configuration").OkAsync();
        Assert.That((string)document["issuer"]!, Does.StartWith("http://localhost:8080"));
        Assert.That((string)document["jwks_uri"]!, Is.EqualTo("http://localhost:8080/.well-known/jwks.json"));
        Assert.That((string)document["token_endpoint"]!, Is.EqualTo("http://localhost:8080/connect/token"));
        var keys = await App.Service.CreateClient().GetAsync("/.well-known/jwks.json").OkAsync();
        Assert.That(keys["keys"]![0]!.AsObject().ContainsKey("d"), Is.False, "the private half");
    }

    private static Task<HttpResponseMessage> Ask(string id, string secret) =>
        App.Service.CreateClient().PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret,
        }));

    private static async Task<TokenValidationResult> VerifyAsync(string token)
    {
        var keys = new JsonWebKeySet(await App.Service.CreateClient().GetStringAsync("/.well-known/jwks.json"));
        return await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(), TryAllIssuerSigningKeys = false, ValidAudience = "invoicing",
            ValidIssuers = ["http://localhost:8080", "http://localhost:8080/"], ValidTypes = ["at+jwt"], ValidAlgorithms = ["ES256"],
        });
    }
}
