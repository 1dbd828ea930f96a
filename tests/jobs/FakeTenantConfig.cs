using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Invoicing.Messages;

namespace Invoicing.Jobs.Tests;

/// <summary>tenant-config as jobs sees it.</summary>
public sealed class FakeTenantConfig : HttpMessageHandler
{
    /// <summary>A fiscal profile that no tenant has.</summary>
    public const long NoProfile = 404;

    private readonly ConcurrentDictionary<string, TenantSettings> settings = new();
    private readonly ConcurrentDictionary<string, bool> profileless = new();
    private readonly ConcurrentDictionary<string, string[]> secrets = new();

    public void Set(string company, int concurrent = 3, int daily = 100, int weight = 1, string policy = "wait", bool enhanced = true, string? webhook = null, params (string Name, FeatureState State)[] more) =>
        settings[company] = new TenantSettings(company, concurrent, daily, 1000, webhook, 300, weight, policy,
            more.Append(("enhanced_automation", new(enhanced, null, null))).ToDictionary(f => f.Item1, f => f.Item2));

    /// <summary>It does not answer.</summary>
    public bool Down { get; set; }

    /// <summary>Secrets of the tenant's webhooks, newest first; every tenant has one.</summary>
    public void SignsWith(string company, params string[] whsec) => secrets[company] = whsec;

    public void WithoutProfile(string company, bool without = true) => profileless[company] = without;

    public void Clear()
    {
        settings.Clear();
        profileless.Clear();
        Down = false;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var parts = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
        var company = parts[2];
        if (Down)
        {
            throw new HttpRequestException("tenant-config is down");
        }

        if (parts.ElementAtOrDefault(3) == "webhook-secrets")
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(new { secrets = secrets.GetValueOrDefault(company, ["whsec_c2VjcmV0byBkZSBwcnVlYmE="]) }),
            });
        }

        if (parts.Length > 3)
        {
            var (query, missing) = (request.RequestUri.Query, profileless.GetValueOrDefault(company));
            return Task.FromResult(new HttpResponseMessage(
                query.EndsWith("id=", StringComparison.Ordinal) ? HttpStatusCode.BadRequest
                : missing || query.EndsWith($"id={NoProfile}", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK));
        }

        var answer = settings.GetValueOrDefault(company) ?? TenantMemory.Defaults(company);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(answer, options: Json.Options) });
    }
}
